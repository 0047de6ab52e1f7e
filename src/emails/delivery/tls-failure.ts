// Says why no secure connection to a mail server came about, and what an operator can do about it.

/** What tells failures of TLS from others. */
export type MaybeTlsFailure = {
  readonly message: string;
  readonly code?: string | undefined;
  readonly originalCode?: string | undefined;
  readonly command?: string | undefined;
  readonly responseCode?: number | undefined;
};

/** Codes of a certificate that no authority known here has signed. */
const untrusted = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_UNTRUSTED",
  "CERT_CHAIN_TOO_LONG",
  "INVALID_CA",
]);

/** Answers that ask for encryption before anything else. */
const encryptionFirst = 538;

/** The words for a failure of TLS, or undefined if the failure is another. `message` is what was said, cleaned. */
export function wordsForTlsFailure(failure: MaybeTlsFailure, host: string): string | undefined {
  const advice = adviceFor(failure);
  if (advice === undefined) return undefined;
  return `No secure connection to the mail server ${host}: ${advice}. (${failure.message})`;
}

function adviceFor(failure: MaybeTlsFailure): string | undefined {
  const { code, command, responseCode = 0, message } = failure;
  if (responseCode === encryptionFirst || (responseCode === 530 && /STARTTLS/i.test(message))) {
    return "it asks for encryption first. Take ignoreTLS out of SMTP_URL, or use smtps://";
  }
  if (code === "ETLS" && command === "STARTTLS" && responseCode >= 500) {
    return "it offers no STARTTLS. Use smtps:// in SMTP_URL if it has TLS from the start; a login goes in the clear only if the address says requireTLS=false";
  }
  const cause = failure.originalCode ?? code ?? "";
  if (untrusted.has(cause)) {
    return "its certificate is signed by nobody who is trusted here. Give the signer's certificate in NODE_EXTRA_CA_CERTS";
  }
  if (cause === "ERR_TLS_CERT_ALTNAME_INVALID" || cause === "HOSTNAME_MISMATCH") {
    return "its certificate is for another name. Use that name in SMTP_URL";
  }
  if (cause === "CERT_HAS_EXPIRED" || cause === "CERT_NOT_YET_VALID") {
    return "its certificate is not valid at this time. Renew it, or set the clock right";
  }
  if (cause === "ERR_SSL_WRONG_VERSION_NUMBER" || cause === "ERR_SSL_PACKET_LENGTH_TOO_LONG") {
    return "it speaks no TLS at this port. Use smtp:// in SMTP_URL, or the port for TLS, usually 465";
  }
  if (code === "ETLS" || /^(ERR_SSL_|ERR_TLS_|EPROTO$|CERT_)/.test(cause)) {
    return "check its certificate, or the TLS options in SMTP_URL";
  }
  return undefined;
}
