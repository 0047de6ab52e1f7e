// The name of who did something. The API names actors as `user:<email>`, `key:<name>`, or a part of the service.

import { actors as text } from "./en/actors.ts";

/** The service itself, and its setup at the first start. */
const ownParts = new Set(["tallyman", "bootstrap"]);

/** Returns the actor's name. Null means the service, such as when an order takes its stock. */
export function actorWords(actor: string | null): string {
  if (actor === null || ownParts.has(actor)) return "Tallyman";
  const [kind, ...rest] = actor.split(":");
  const name = rest.join(":");
  if (name === "") return actor;
  if (kind === "user") return name;
  return kind === "key" ? text.key(name) : actor;
}
