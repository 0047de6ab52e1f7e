// Explains why there is no secure connection to a mail server, and what an operator can do about it.

/** The fields of an error by which a failure of TLS is recognised. */
export type MaybeTlsFailure = {
  readonly message: string;
  readonly code?: string | undefined;
  readonly originalCode?: string | undefined;
  readonly command?: string | undefined;
  readonly responseCode?: number | undefined;
};

/** Codes for a certificate that no trusted authority has signed. */
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

/** The reply code that asks for encryption first (RFC 4954). */
const encryptionFirst = 538;

/** The reason for a failure of TLS, as a sentence, or undefined for any other failure. `message` must hold no password. */
export function explainTlsFailure(failure: MaybeTlsFailure, host: string): string | undefined {
  const advice = adviceFor(failure);
  if (advice === undefined) return undefined;
  return `No secure connection to the mail server ${host}: ${advice}. (${failure.message})`;
}

function adviceFor(failure: MaybeTlsFailure): string | undefined {
  const { code, command, responseCode = 0, message } = failure;
  if (responseCode === encryptionFirst || (responseCode === 530 && /STARTTLS/i.test(message))) {
    return "it asks for encryption first. Remove ignoreTLS from SMTP_URL, or use smtps://";
  }
  if (code === "ETLS" && command === "STARTTLS" && responseCode >= 500) {
    return "it offers no STARTTLS. Use smtps:// in SMTP_URL if it has TLS from the start; a login is sent without encryption only if the address says requireTLS=false";
  }
  const cause = failure.originalCode ?? code ?? "";
  if (untrusted.has(cause)) {
    return "its certificate is not signed by a trusted authority. Set NODE_EXTRA_CA_CERTS to a file with the signer's certificate";
  }
  if (cause === "ERR_TLS_CERT_ALTNAME_INVALID" || cause === "HOSTNAME_MISMATCH") {
    return "its certificate is for another name. Use that name in SMTP_URL";
  }
  if (cause === "CERT_HAS_EXPIRED" || cause === "CERT_NOT_YET_VALID") {
    return "its certificate is not valid at this time. Renew it, or correct this machine's clock";
  }
  if (cause === "ERR_SSL_WRONG_VERSION_NUMBER" || cause === "ERR_SSL_PACKET_LENGTH_TOO_LONG") {
    return "it speaks no TLS at this port. Use smtp:// in SMTP_URL, or the port for TLS, usually 465";
  }
  if (code === "ETLS" || /^(ERR_SSL_|ERR_TLS_|EPROTO$|CERT_)/.test(cause)) {
    return "check its certificate, or the TLS options in SMTP_URL";
  }
  return undefined;
}
