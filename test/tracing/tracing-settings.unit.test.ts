import { describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "../../src/config.ts";

const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" };

/** What a start says of the settings; an empty text if it takes them. */
function refusalOf(settings: Readonly<Record<string, string>>): string {
  try {
    readConfig(settings);
    return "";
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

describe("the settings of traces", () => {
  it.each([
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318", "expected an address such as"],
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "http://me:pass@collector:4318", "without user and password"],
    ["OTEL_EXPORTER_OTLP_HEADERS", "a secret", "expected name=value pairs"],
    ["OTEL_EXPORTER_OTLP_HEADERS", "key=%zz", "expected name=value pairs"],
    ["OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", "expected http/json"],
    ["OTEL_RESOURCE_ATTRIBUTES", "=shop", "expected name=value pairs"],
    ["OTEL_TRACES_SAMPLER", "sometimes", "expected one of always_on"],
    ["OTEL_TRACES_SAMPLER_ARG", "1.5", "expected a number from 0 to 1"],
    ["OTEL_TRACES_SAMPLER_ARG", "half", "expected a number from 0 to 1"],
    ["OTEL_SDK_DISABLED", "yes", "expected one of true, false"],
  ])("refuse %s=%s", (name, value, sentence) => {
    const said = refusalOf({ ...collector, [name]: value });
    expect(said).toContain(`- ${name}: `);
    expect(said).toContain(sentence);
  });

  it("never show the headers, which may hold a key", () => {
    const said = refusalOf({ OTEL_EXPORTER_OTLP_HEADERS: "hunter2" });
    expect(said).toContain("a value that is not shown here");
    expect(said).not.toContain("hunter2");
  });

  it("are taken as OpenTelemetry has them", () => {
    const settings = {
      ...collector,
      OTEL_EXPORTER_OTLP_HEADERS: "authorization=Basic%20YWJj, x-tenant=shop",
      OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
      OTEL_TRACES_SAMPLER_ARG: "0.25",
      OTEL_SDK_DISABLED: "true",
    };
    expect(readConfig(settings)).toMatchObject({
      OTEL_SERVICE_NAME: "tallyman",
      OTEL_TRACES_SAMPLER_ARG: 0.25,
      OTEL_SDK_DISABLED: true,
    });
  });
});
