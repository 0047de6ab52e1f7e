// What orval makes: one file of functions that use fetch. It has no setting for the address while it runs.

export default {
  tallyman: {
    input: "openapi.json",
    output: {
      target: "made/orval.ts",
      client: "fetch",
      mode: "single",
      baseUrl: process.env["TALLYMAN_URL"],
    },
  },
};
