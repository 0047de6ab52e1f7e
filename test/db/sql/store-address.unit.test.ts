import { describe, expect, it } from "vitest";
import { readConfig } from "../../../src/config.ts";

/** What the start says of a setting; empty if it takes it. */
function problem(name: string, value: string): string {
  try {
    readConfig({ [name]: value });
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe("an address of a store", () => {
  it.each([
    ["DATABASE_URL", "postgres://u:p@h:5432/d"],
    ["DATABASE_URL", "postgresql://u@h/d?sslmode=require&application_name=a@b"],
    ["DATABASE_URL", "postgresql:///d?host=/var/run/postgresql"],
    ["DATABASE_URL", "postgresql://u@/d?host=/var/run/postgresql"],
    ["DATABASE_URL", "postgresql://u@%2Fvar%2Frun%2Fpostgresql/d"],
    ["DATABASE_URL", "postgres://u:a%40b%23c%2Fd%3Fe%25f%26g+h i@[::1]:5432/d"],
    ["DATABASE_URL", "POSTGRES://u@h/d"],
    ["REDIS_URL", "redis://h"],
    ["REDIS_URL", "rediss://shop:p@h:6380/2"],
    ["REDIS_URL", "redis://:a@b@h"],
    ["REDIS_URL", "redis://h/?family=6"],
    ["SMTP_URL", "smtp://shop@x.example:p@h:587"],
    ["SMTP_URL", "smtps://h/?tls.rejectUnauthorized=false"],
    ["REDIS_CLUSTER_NODES", "a:1,b:2"],
    ["REDIS_CLUSTER_NODES", "rediss://u:p%2Cq@a:1, rediss://u:p%2Cq@[::1]:2"],
    ["PUBLIC_URL", "https://shop.example/stock"],
  ])("%s=%s can be used", (name, value) => {
    expect(problem(name, value)).toBe("");
  });

  it.each([
    ["DATABASE_URL", "postgres://u:hunter2#c@h/d"],
    ["DATABASE_URL", "postgres://u:hunter2/c@h/d"],
    ["DATABASE_URL", "postgres://u:1hunter2?c@h/d"],
    ["DATABASE_URL", "postgres://u:a@hunter2/c@h/d"],
    ["DATABASE_URL", "postgres://u:hunter2%f@h/d"],
    ["DATABASE_URL", "postgres://u:hunter2%ff@h/d"],
    ["DATABASE_URL", "postgres://u:hunter2@h"],
    ["DATABASE_URL", "postgres://u:hunter2@h/"],
    ["REDIS_URL", "redis://:hunter2#c@h"],
    ["REDIS_URL", "redis://:a@hunter2/c@h"],
    ["REDIS_URL", "redis://u:1?hunter2@h"],
    ["REDIS_URL", "redis://:hunter2%f@h"],
    ["REDIS_URL", "redis://:hunter2@h/queue"],
    ["SMTP_URL", "smtp://shop@x:a@hunter2#c/d?e%25f"],
    ["SMTP_URL", "smtp://shop:a@hunter2/c@h"],
    ["SMTP_URL", "smtp://shop:hunter2@"],
    ["REDIS_CLUSTER_NODES", "redis://u:hunter2#c@h:1"],
    ["REDIS_CLUSTER_NODES", "redis://u:hunter2%f@h:1"],
  ])("%s=%s is refused, with how to write a password in it", (name, value) => {
    expect(problem(name, value)).toMatch(
      new RegExp(`- ${name}: expected .*percent-encode @ as %40.*not shown here`),
    );
    expect(problem(name, value)).not.toContain("hunter2");
    expect(problem(name, value)).not.toContain("begins with");
  });

  it.each([
    ["DATABASE_URL", "mysql://hunter2@h/d", /begins with postgres:\/\/ or postgresql:\/\//],
    ["DATABASE_URL", "postgres://u:hunter2@a,/d", /a host before and after each comma/],
    ["DATABASE_URL", "postgres://u:hunter2@a:1,b:2/d?port=3", /no host and no port after/],
    ["REDIS_URL", "redis://u:hunter2@a:1,b:2/0", /expected one host/],
    ["DATABASE_URL", "postgres://u:hunter2@h/d?sslmode=on", /an sslmode of disable, .*verify-full/],
    [
      "DATABASE_URL",
      "postgres://u:hunter2@h/d?sslrootcert=/no/ca.pem",
      /certificates .*\/no\/ca.pem/,
    ],
    ["REDIS_URL", "http://hunter2@h", /begins with redis:\/\/ or rediss:\/\//],
    ["REDIS_CLUSTER_NODES", "hunter2@h", /expected host:port or rediss:/],
    [
      "REDIS_CLUSTER_NODES",
      "redis://u:hunter2@a:1,rediss://u:hunter2@b:2",
      /the same protocol, user/,
    ],
    ["PUBLIC_URL", "https://u:hunter2@shop.example", /without user and password/],
    ["PUBLIC_URL", "u:hunter2@shop.example", /begins with http:\/\/ or https:\/\//],
  ])("%s=%s is refused for what it is", (name, value, message) => {
    expect(problem(name, value)).toMatch(message);
    expect(problem(name, value)).not.toContain("hunter2");
  });
});
