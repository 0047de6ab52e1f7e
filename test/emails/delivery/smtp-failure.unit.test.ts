import { describe, expect, it } from "vitest";
import { createSmtpFailureReader } from "../../../src/emails/delivery/smtp-failure.ts";

const read = createSmtpFailureReader("smtp://shop:secret@mail.example:587", 30_000);

/** An error as nodemailer makes it. */
const failure = (message: string, parts: object): Error => Object.assign(new Error(message), parts);
const login = (answer: string) => {
  const parts = { code: "EAUTH", command: "AUTH PLAIN", responseCode: Number(answer.slice(0, 3)) };
  return failure(`Invalid login: ${answer}`, parts);
};

describe("a login that is not taken", () => {
  it.each([
    "421 4.3.2 Shutting down",
    "432 4.7.12 A password transition is needed",
    "454 4.7.0 Too many login attempts",
  ])("for now, with %s, is not called a wrong password", (answer) => {
    const { kind, reason } = read(login(answer));
    expect(kind).toBe("unavailable");
    expect(reason).toContain("tried again later");
    expect(reason).not.toContain("check the user and password");
  });

  it.each([
    "535 5.7.8 Username and Password not accepted",
    "534 5.7.9 Application-specific password required",
  ])("for good, with %s, is a matter of user and password", (answer) => {
    expect(read(login(answer)).reason).toContain("check the user and password in SMTP_URL");
  });

  it.each(["538 5.7.11 Encryption required", "530 5.7.0 Must issue a STARTTLS command first"])(
    "without encryption, with %s, is a matter of TLS",
    (answer) => {
      const { reason } = read(login(answer));
      expect(reason).toContain("it asks for encryption first");
      expect(reason).not.toContain("check the user and password");
    },
  );
});

describe("a connection that could not be secured", () => {
  it.each([
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "NODE_EXTRA_CA_CERTS"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "NODE_EXTRA_CA_CERTS"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "certificate is for another name"],
    ["CERT_HAS_EXPIRED", "certificate has expired"],
    ["CERT_NOT_YET_VALID", "valid only from a later time on"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "speaks no TLS at this port"],
    ["ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "TLS 1.2 and later"],
    ["ERR_SSL_BAD_EXTENSION", "TLS options in SMTP_URL"],
  ])("by %s is told with what to do", (originalCode, advice) => {
    const { kind, reason } = read(failure("as OpenSSL says it", { code: "ESOCKET", originalCode }));
    expect(kind).toBe("unavailable");
    expect(reason).toContain("No secure connection to the mail server mail.example:587");
    expect(reason).toContain(advice);
    expect(reason).not.toContain("could not be reached");
  });

  it("is no matter of TLS if nobody was there", () => {
    const parts = { code: "ESOCKET", originalCode: "ECONNREFUSED" };
    expect(read(failure("connect ECONNREFUSED", parts)).reason).toContain("could not be reached");
  });

  it("since the greeting never came may want TLS from the start", () => {
    const silent = failure("Greeting never received", { code: "ETIMEDOUT" });
    expect(read(silent).reason).toContain("use smtps://");
  });
});

describe("a password", () => {
  const said = (password: string, message: string): string => {
    const reader = createSmtpFailureReader(`smtp://shop:${password}@localhost`, 1_000);
    return reader(failure(message, { code: "ECONNECTION" })).reason;
  };

  it("that is a word of our own sentence leaves the sentence whole", () => {
    for (const password of ["mail", "server", "could", "reached", "the mail"]) {
      const reason = said(encodeURIComponent(password), "Connection closed");
      expect(reason).toContain(
        "The mail server localhost could not be reached, or closed the connection.",
      );
      expect(reason).not.toContain("[hidden]");
    }
  });

  it("of a few letters is not shown by what is hidden", () => {
    for (const password of ["a", "e", "on"]) {
      expect(said(password, "Connection closed")).toContain("(Connection closed)");
    }
  });

  it("is hidden in the server's words, in whatever form it comes back", () => {
    const password = "s3cret/word";
    const base64 = Buffer.from(`\0shop\0${password}`).toString("base64");
    for (const form of [password, encodeURIComponent(password), base64]) {
      const reason = said(encodeURIComponent(password), `535 I will not take ${form}!`);
      expect(reason).toContain("I will not take [hidden]!");
    }
  });
});
