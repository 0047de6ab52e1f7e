// Which IP addresses endpoints may have.

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addressRefusal,
  AllowedAddressesError,
  readAllowedAddresses,
  type Scheme,
} from "../../src/webhooks/addresses.ts";

const host = "hooks.shop.example";
const refusalOf = (ip: string, allowed = "", scheme: Scheme = "https") =>
  addressRefusal({ host, ip, scheme }, readAllowedAddresses(allowed));

const machine = "the machine that Tallyman runs on";
const network = "a private network";
const nowhere = "an address that is not on the internet";

/** Addresses that lead inside or nowhere, with what the refusal calls them. */
const inside: readonly (readonly [ip: string, place: string])[] = [
  ["127.0.0.1", machine],
  ["127.255.255.254", machine],
  ["0.0.0.0", machine],
  ["0.1.2.3", machine],
  ["10.0.0.1", network],
  ["172.16.0.1", network],
  ["172.31.255.255", network],
  ["192.168.1.1", network],
  ["100.64.0.1", network],
  ["100.127.255.255", network],
  // What a cloud tells its machines about themselves, passwords included.
  ["169.254.169.254", network],
  ["224.0.0.1", nowhere],
  ["239.255.255.255", nowhere],
  ["255.255.255.255", nowhere],
  ["240.0.0.1", nowhere],
  ["192.0.0.8", nowhere],
  ["192.0.2.1", nowhere],
  ["198.51.100.1", nowhere],
  ["203.0.113.1", nowhere],
  ["198.18.0.1", nowhere],
  ["192.88.99.1", nowhere],
  ["::1", machine],
  ["::", machine],
  ["fe80::1", network],
  ["fe80::1%eth0", network],
  ["fc00::1", network],
  ["fdff:ffff::1", network],
  ["fd00:ec2::254", network],
  ["fec0::1", network],
  ["ff02::1", nowhere],
  ["2001:db8::1", nowhere],
  ["3fff::1", nowhere],
  ["100::1", nowhere],
  ["5f00::1", nowhere],
  ["4000::1", nowhere],
  ["2001:2::1", nowhere],
  ["2001:20::1", nowhere],
  // IPv4-mapped, also in hexadecimal.
  ["::ffff:127.0.0.1", machine],
  ["::ffff:7f00:1", machine],
  ["::ffff:a00:1", network],
  // IPv4-compatible, translated, NAT64, 6to4, Teredo.
  ["::7f00:1", nowhere],
  ["::ffff:0:127.0.0.1", nowhere],
  ["64:ff9b::127.0.0.1", machine],
  ["64:ff9b::a9fe:a9fe", network],
  ["64:ff9b:1::a00:1", nowhere],
  ["2002:7f00:1::", nowhere],
  ["2002:808:808::1", nowhere],
  ["2001:0:a00:1::1", nowhere],
];

describe("an address", () => {
  it.each(inside)("%s is refused, because it leads to %s", (ip, place) => {
    expect(refusalOf(ip)).toContain(`${host} leads to ${place}.`);
    expect(refusalOf(ip)).not.toContain(ip);
  });

  it.each([
    "1.1.1.1",
    "8.8.8.8",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "11.0.0.1",
    "223.255.255.254",
    "2606:4700:4700::1111",
    "2a00:1450:4001::1",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
  ])("%s of the internet may have https, and not http", (ip) => {
    expect(refusalOf(ip)).toBeNull();
    expect(refusalOf(ip, "", "http")).toMatch(/begins with https:\/\//);
  });

  it("is refused in IPv6 whenever the IPv4 address that it stands for is", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.constantFrom("::ffff:", "64:ff9b::"), (ip, prefix) => {
        expect(refusalOf(`${prefix}${ip}`)).toBe(refusalOf(ip));
      }),
    );
  });

  it("may have any scheme if all are allowed, whatever it is", () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (ip) => {
        expect(refusalOf(ip, "0.0.0.0/0,::/0", "http")).toBeNull();
      }),
    );
  });
});

describe("the addresses that are allowed", () => {
  it.each([
    ["127.0.0.1", "127.0.0.1"],
    ["10.20.0.0/16", "10.20.255.255"],
    ["10.20.0.0/16", "::ffff:10.20.1.1"],
    ["10.20.0.0/16", "64:ff9b::10.20.1.1"],
    ["10.20.7.7/16", "10.20.1.1"],
    ["fd00::/8", "fd12:3456::1"],
    ["::1", "0:0:0:0:0:0:0:1"],
    ["::ffff:10.0.0.0/104", "::ffff:10.1.2.3"],
    [" 192.168.0.0/24 , 127.0.0.1 ", "127.0.0.1"],
    ["8.8.8.8", "8.8.8.8"],
  ])("with %s, %s may have https and http", (allowed, ip) => {
    expect(refusalOf(ip, allowed)).toBeNull();
    expect(refusalOf(ip, allowed, "http")).toBeNull();
  });

  it.each([
    ["127.0.0.1", "127.0.0.2"],
    ["10.20.0.0/16", "10.21.0.0"],
    ["10.20.0.0/16", "fd00::1"],
    ["fd00::/8", "10.0.0.1"],
    ["fd00::/8", "fc00::1"],
    ["", "127.0.0.1"],
  ])("with %s, %s stays refused", (allowed, ip) => {
    expect(refusalOf(ip, allowed)).toContain("Expected an address on the internet");
  });

  it.each([
    "localhost",
    "10.0.0.0/33",
    "::/129",
    "10.0.0.0/",
    "10.0.0.0/8/8",
    "10.0.0.0/-1",
    "10.1",
    "0x7f.0.0.1",
    "127.0.0.1,",
    ",",
    "*",
    "10.0.0.0-10.0.0.9",
  ])("can't be %j", (text) => {
    expect(() => readAllowedAddresses(text)).toThrow(AllowedAddressesError);
    expect(() => readAllowedAddresses(text)).toThrow(/such as 127\.0\.0\.1,10\.20\.0\.0\/16/);
  });
});
