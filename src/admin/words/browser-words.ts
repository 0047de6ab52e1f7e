// The name of a browser, from its User-Agent header. Clients can send anything: the name helps to distinguish devices
// and proves nothing.

import { browsers as text } from "./en/browsers.ts";

const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\/|\bEdgiOS\//, "Edge"],
  [/\bOPR\/|\bOpera\b/, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/\bChrome\/|\bHeadlessChrome\/|\bCriOS\/|\bChromium\//, "Chrome"],
  [/\bVersion\/[\d.]+.*\bSafari\//, "Safari"],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, text.iPhone],
  [/\biPad\b/, text.iPad],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMacintosh\b|\bMac OS X\b/, text.mac],
  [/\bCrOS\b/, text.chromebook],
  [/\bLinux\b|\bX11\b/, "Linux"],
];

/** Returns a name such as "Firefox on Windows"; for other programs, the first word of their User-Agent. */
export function browserWords(userAgent: string | null): string {
  if (userAgent === null) return text.unknownProgram;
  const browser = nameIn(browsers, userAgent);
  const system = nameIn(systems, userAgent);
  if (browser !== undefined) return system === undefined ? browser : text.on(browser, system);
  const [program = ""] = userAgent.split(/[\s/]/, 1);
  return program === "" || program === "Mozilla" ? text.unknownBrowser : program.slice(0, 40);
}

function nameIn(known: typeof browsers, userAgent: string): string | undefined {
  return known.find(([pattern]) => pattern.test(userAgent))?.[1];
}
