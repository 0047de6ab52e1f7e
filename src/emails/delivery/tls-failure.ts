// Explains why there is no secure connection to a mail server, and what an operator can do about it.

/** The fields of an error by which a failure of TLS is recognised. */
export type MaybeTlsFailure = {
  readonly message: string;
  readonly code?: string | undefined;
  readonly originalCode?: string | undefined;
  readonly command?: string | undefined;
  readonly responseCode?: number | undefined;
};

/** How an operator has a signer trusted. */
const trustIt =
  "set NODE_EXTRA_CA_CERTS to a file with the signer's certificate, and start Tallyman again";

/** What is wrong with a certificate or with TLS, and what to do, by OpenSSL's or Node's code. */
const causes: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED:
    "its certificate has expired. Renew it on the mail server; if it was renewed, look at this machine's clock",
  CERT_NOT_YET_VALID:
    "its certificate is valid only from a later time on. Look at this machine's clock, or have the mail server use another certificate",
  CERT_REVOKED: "its certificate was revoked by its signer. Have the mail server use another one",
  DEPTH_ZERO_SELF_SIGNED_CERT: `its certificate is self-signed, so nobody vouches for it. Give the server one of a known authority; or, if the server is yours, ${trustIt.replace("the signer's", "that")}`,
  SELF_SIGNED_CERT_IN_CHAIN: `its certificate was signed by an authority of your own or of somebody on the way, which this machine does not know. If you know it, ${trustIt}`,
  ERR_TLS_CERT_ALTNAME_INVALID:
    "its certificate is for another name. Use a name that the certificate has in SMTP_URL, or tls.servername",
  HOSTNAME_MISMATCH:
    "its certificate is for another name. Use a name that the certificate has in SMTP_URL, or tls.servername",
  ERR_SSL_WRONG_VERSION_NUMBER:
    "it speaks no TLS at this port. Use smtp:// in SMTP_URL, or the port for TLS, usually 465",
  ERR_SSL_PACKET_LENGTH_TOO_LONG:
    "it speaks no TLS at this port. Use smtp:// in SMTP_URL, or the port for TLS, usually 465",
};

/** Codes for a certificate that no known authority has signed, or whose signers the server does not send. */
const unknownAuthority = new Set([
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_UNTRUSTED",
  "CERT_CHAIN_TOO_LONG",
  "INVALID_CA",
]);

/** Codes for two sides that have no version or no cipher of TLS in common. */
const noCommonTls =
  /^ERR_SSL_(UNSUPPORTED_PROTOCOL|TLSV1_ALERT_PROTOCOL_VERSION|SSLV3_ALERT_HANDSHAKE_FAILURE|NO_PROTOCOLS_AVAILABLE|NO_SHARED_CIPHER|VERSION_TOO_LOW|DH_KEY_TOO_SMALL)$/;

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
  const known = causes[cause];
  if (known !== undefined) return known;
  if (unknownAuthority.has(cause)) {
    return `its certificate was signed by an authority that this machine does not know, or it does not send the certificates in between. Have it send the whole chain; or ${trustIt}`;
  }
  if (noCommonTls.test(cause)) {
    return "it offers no version or cipher of TLS that is safe enough. Tallyman takes TLS 1.2 and later: update the mail server's software";
  }
  if (code === "ETLS" || /^(ERR_SSL_|ERR_TLS_|EPROTO$|CERT_)/.test(cause)) {
    return "check its certificate, or the TLS options in SMTP_URL";
  }
  return undefined;
}
