// One version of Node, at each place that names one.

import { expect, it } from "vitest";
import * as z from "zod";
import { readText } from "./markdown.ts";

const { optionalDependencies } = z
  .object({ optionalDependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readText("package.json")));
const platforms = Object.entries(optionalDependencies).filter(([name]) => name.startsWith("node-"));
const [[, version] = ["", ""]] = platforms;

it("each platform that has a package of Node has the same version", () => {
  expect(platforms.length).toBeGreaterThan(2);
  expect(new Set(platforms.map(([, found]) => found)).size).toBe(1);
});

it("version managers pick the Node that the program runs on", () => {
  expect(readText(".node-version").trim()).toBe(version);
});

it("the development container has it, too", () => {
  expect(readText(".devcontainer/Dockerfile")).toContain(`FROM node:${version}-`);
});

it("the image has one of the same major version", () => {
  const [major] = version.split(".");
  const bases = [...readText("Dockerfile").matchAll(/^FROM node:(\d+)/gm)].map(
    ([, found]) => found,
  );
  expect(new Set(bases)).toEqual(new Set([major]));
});
