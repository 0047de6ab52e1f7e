// The subject of an order at a supplier, in the language of its mail.

import { expect, it } from "vitest";
import { orderSubject } from "../../../src/domain/language/order-subject.ts";

const at = new Date("2026-03-14T23:30:00Z");

it.each([
  ["en", "UTC", "Order of 14 March 2026"],
  ["de", "Europe/Berlin", "Bestellung vom 15. März 2026"],
  ["fr", "UTC", "Commande du 14 mars 2026"],
  ["es", "America/Bogota", "Pedido del 14 de marzo de 2026"],
] as const)("in %s names the day in %s: %s", (language, timeZone, subject) => {
  expect(orderSubject(language, at, timeZone)).toBe(subject);
});
