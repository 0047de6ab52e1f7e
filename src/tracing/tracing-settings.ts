// The settings of traces, under the names that OpenTelemetry gives them. Only those that are listed here count.

import * as z from "zod";

/** What the settings say, as far as traces need it. */
export type TracingSettings = {
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined;
  readonly OTEL_EXPORTER_OTLP_HEADERS?: string | undefined;
  readonly OTEL_SERVICE_NAME: string;
  readonly OTEL_RESOURCE_ATTRIBUTES?: string | undefined;
  readonly OTEL_TRACES_SAMPLER: (typeof samplers)[number];
  readonly OTEL_TRACES_SAMPLER_ARG: number;
  readonly OTEL_SDK_DISABLED: boolean;
};

/** How it is decided which traces are kept. */
const samplers = [
  "always_on",
  "always_off",
  "traceidratio",
  "parentbased_always_on",
  "parentbased_always_off",
  "parentbased_traceidratio",
] as const;

/** `name=value` pairs between commas, each part percent-encoded where it has to be. */
const pairs = /^\s*[^\s=,]+\s*=[^,]*(?:,\s*[^\s=,]+\s*=[^,]*)*$/;

const decode = (part: string): string => decodeURIComponent(part.trim());

/** The pairs of such a text, decoded; undefined if it has another form. */
export function readPairs(text: string): Readonly<Record<string, string>> | undefined {
  if (!pairs.test(text)) return undefined;
  try {
    return Object.fromEntries(
      text.split(",").map((pair): [string, string] => {
        const at = pair.indexOf("=");
        return [decode(pair.slice(0, at)), decode(pair.slice(at + 1))];
      }),
    );
  } catch {
    return undefined;
  }
}

const pairsSchema = z
  .string()
  .refine((text) => readPairs(text) !== undefined, "expected name=value pairs between commas");

/** The address of a collector, without credentials: those belong into the headers. */
function isCollectorAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username + url.password === "";
}

const list = (names: readonly string[]) => `expected one of ${names.join(", ")}`;

/** Each setting, with its default. */
export const tracingShape = {
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .refine(
      isCollectorAddress,
      "expected an address such as http://collector:4318, without user and password",
    )
    .optional(),
  OTEL_EXPORTER_OTLP_HEADERS: pairsSchema.optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z
    .literal("http/json", {
      error: "expected http/json, which every collector takes at its HTTP port, 4318 as a rule",
    })
    .optional(),
  OTEL_SERVICE_NAME: z.string().min(1).max(100).default("tallyman"),
  OTEL_RESOURCE_ATTRIBUTES: pairsSchema.optional(),
  OTEL_TRACES_SAMPLER: z.enum(samplers, { error: list(samplers) }).default("parentbased_always_on"),
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .regex(/^(?:0|1|[01]?\.\d{1,10})$/, "expected a number from 0 to 1")
    .refine((text) => Number(text) <= 1, "expected a number from 0 to 1")
    .transform(Number)
    .default(1),
  OTEL_SDK_DISABLED: z
    .enum(["true", "false"], { error: list(["true", "false"]) })
    .transform((text) => text === "true")
    .default(false),
} as const;
