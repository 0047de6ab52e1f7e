// Who did something, in words. The API names actors as `user:<email>`, `key:<name>`, or a part of itself.

/** The actor in words; null is what happened by itself, as an order takes its stock. */
export function actorWords(actor: string | null): string {
  if (actor === null || actor === "tallyman") return "Tallyman";
  const [kind, ...rest] = actor.split(":");
  const name = rest.join(":");
  if (kind === "user") return name;
  return kind === "key" ? `API key ${name}` : actor;
}
