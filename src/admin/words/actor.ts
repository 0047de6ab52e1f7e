// Who did something, from the label that the API writes down, in words.

/** `user:ada@example.com` is `ada@example.com`, and `key:checkout` is `API key checkout`. */
export function actorWords(label: string): string {
  const [kind, ...rest] = label.split(":");
  const name = rest.join(":");
  if (name === "") return label;
  if (kind === "user") return name;
  return kind === "key" ? `API key ${name}` : label;
}
