// URLs of endpoints, with names that lead where this test says.

import type { LookupAddress, LookupAllOptions, LookupOneOptions } from "node:dns";
import { describe, expect, it } from "vitest";
import { readAllowedAddresses, type Scheme } from "../../src/webhooks/addresses.ts";
import {
  type AddressGuard,
  AddressRefusedError,
  createAddressGuard,
} from "../../src/webhooks/address-guard.ts";

const found = (...ips: string[]): LookupAddress[] =>
  ips.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

/** Names, and what they lead to. */
const names: Readonly<Record<string, readonly LookupAddress[]>> = {
  "hooks.shop.example": found("1.1.1.1", "2606:4700:4700::1111"),
  "inside.shop.example": found("10.0.0.5"),
  "both.shop.example": found("1.1.1.1", "127.0.0.1"),
  "mapped.shop.example": found("::ffff:10.0.0.5"),
  "erp.local": found("10.20.0.7"),
  "partly.local": found("10.20.0.7", "1.1.1.1"),
  "empty.example": [],
  localhost: found("127.0.0.1", "::1"),
  "localhost.": found("127.0.0.1"),
};
const resolve = (host: string) => {
  const addresses = names[host];
  return addresses === undefined
    ? Promise.reject(new Error(`getaddrinfo ENOTFOUND ${host}`))
    : Promise.resolve(addresses);
};

const allowed = readAllowedAddresses("10.20.0.0/16");
const guard = createAddressGuard({ allowed, resolve });

describe("a URL that is saved", () => {
  it.each([
    "https://hooks.shop.example/tallyman?token=1",
    "https://hooks.shop.example:8443/",
    "https://1.1.1.1/",
    "https://[2606:4700:4700::1111]/",
    "https://erp.local/in",
    "http://erp.local:8080/in",
    "http://10.20.0.7/",
  ])("may be %s", async (url) => {
    expect(await guard.urlRefusal(url)).toBeNull();
  });

  it.each([
    ["https://inside.shop.example/", /inside\.shop\.example leads to a private network/],
    ["https://both.shop.example/", /both\.shop\.example leads to the machine/],
    ["https://mapped.shop.example/", /leads to a private network/],
    ["https://localhost/", /localhost leads to the machine/],
    ["https://localhost./", /leads to the machine/],
    ["https://unknown.example/", /unknown\.example has no address\. Check its spelling/],
    ["https://empty.example/", /empty\.example has no address/],
    ["http://hooks.shop.example/", /begins with https:\/\//],
    ["http://partly.local/", /begins with https:\/\//],
    ["ftp://hooks.shop.example/", /begins with https:\/\//],
    ["javascript:alert(1)", /begins with https:\/\//],
    ["file:///etc/passwd", /begins with https:\/\//],
    ["hooks.shop.example", /begins with https:\/\//],
    ["https://", /begins with https:\/\//],
    ["https://user:word@hooks.shop.example/", /without user and password/],
    ["https://user@hooks.shop.example/", /without user and password/],
    ["https://hooks.shop.example@inside.shop.example/", /without user and password/],
  ])("can't be %s", async (url, why) => {
    expect(await guard.urlRefusal(url)).toMatch(why);
  });

  it.each([
    "https://127.0.0.1/",
    "https://127.1/",
    "https://127.0.0.1./",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.0.0.0x1/",
    "https://0177.0.0.1/",
    "https://017700000001/",
    "https://%31%32%37.0.0.1/",
    "https://①②⑦.⓪.⓪.①/",
    "https://127。0。0。1/",
    "https://0/",
    "https://[::1]/",
    "https://[::]/",
    "https://[0:0:0:0:0:0:0:1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::127.0.0.1]/",
    "https://[64:ff9b::127.0.0.1]/",
    "https://[64:ff9b:1::127.0.0.1]/",
    "https://[2002:7f00:1::]/",
    "https://[fe80::1]/",
    "https://169.254.169.254/latest/meta-data/",
    "https://[fd00:ec2::254]/",
    "https://\t127.0.0.1/",
    "https:127.0.0.1",
    "https:\\\\127.0.0.1\\",
  ])("can't be %s, and no name is looked up for it", async (text) => {
    const alone = createAddressGuard({
      allowed: [],
      resolve: () => Promise.reject(new Error("Expected no lookup.")),
    });
    expect(await alone.urlRefusal(text)).toMatch(/^Expected an address on the internet/);
    expect(alone.literalRefusal(new URL(text))).toMatch(/^Expected an address on the internet/);
  });

  it("is refused if the lookup takes too long", async () => {
    const slow = createAddressGuard({
      allowed,
      resolve: () => new Promise(() => {}),
      lookupMs: 10,
    });
    expect(await slow.urlRefusal("https://hooks.shop.example/")).toMatch(
      /took longer than 0\.01 s/,
    );
  });
});

type Connected = { readonly error: Error | null; readonly address: unknown };

const connect = (
  by: AddressGuard,
  { host, scheme = "https" }: { host: string; scheme?: Scheme },
  options: LookupAllOptions | LookupOneOptions = { all: true },
) =>
  new Promise<Connected>((done) => {
    by.lookupFor(scheme)(host, options, (error, address) => done({ error, address }));
  });

describe("a connection", () => {
  it("gets all addresses of a host, or the first, as Node asks", async () => {
    const host = "hooks.shop.example";
    const both = names[host];
    expect(await connect(guard, { host })).toEqual({ error: null, address: both });
    expect(await connect(guard, { host }, {})).toEqual({ error: null, address: "1.1.1.1" });
  });

  it.each([
    ["inside.shop.example", "https"],
    ["both.shop.example", "https"],
    ["mapped.shop.example", "https"],
    ["empty.example", "https"],
    ["hooks.shop.example", "http"],
    ["partly.local", "http"],
  ] as const)("to %s by %s is refused", async (host, scheme) => {
    const { error } = await connect(guard, { host, scheme });
    expect(error).toBeInstanceOf(AddressRefusedError);
  });

  it("is refused when a name leads inside that did not when it was saved", async () => {
    const answers = [found("1.1.1.1"), found("127.0.0.1")];
    const rebinding = createAddressGuard({
      allowed: [],
      resolve: () => Promise.resolve(answers.shift() ?? []),
    });
    expect(await rebinding.urlRefusal("https://hooks.shop.example/")).toBeNull();
    const { error } = await connect(rebinding, { host: "hooks.shop.example" });
    expect(error).toBeInstanceOf(AddressRefusedError);
  });

  it("fails as the lookup does", async () => {
    const { error } = await connect(guard, { host: "unknown.example" });
    expect(error).toMatchObject({ message: expect.stringContaining("ENOTFOUND") });
  });

  it("to an allowed address may be plain", async () => {
    expect(await connect(guard, { host: "erp.local", scheme: "http" })).toMatchObject({
      error: null,
    });
  });
});
