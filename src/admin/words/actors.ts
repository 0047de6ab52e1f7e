// Who did something, in words. The API names actors as `user:<email>`, `key:<name>`, or a part of itself.

/** What the service does by itself, and what it set up when it first started. */
const ownParts = new Set(["tallyman", "bootstrap"]);

/** The actor in words; null is what happened by itself, as an order takes its stock. */
export function actorWords(actor: string | null): string {
  if (actor === null || ownParts.has(actor)) return "Tallyman";
  const [kind, ...rest] = actor.split(":");
  const name = rest.join(":");
  if (name === "") return actor;
  if (kind === "user") return name;
  return kind === "key" ? `API key ${name}` : actor;
}
