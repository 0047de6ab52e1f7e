// What the documentation says of every export.

/** How exports are read, and how consistent they are. */
export const exportWords =
  "The file comes in pages, and each page is as of the moment when it is read: every entry that is there throughout is in the file once, and what changes meanwhile may be in it or not. If the reply breaks off, the file is not complete; it is cut off after half an hour. Texts that a spreadsheet would take for a formula begin with an apostrophe. Times are RFC 3339 in UTC.";

/** The documented reply of an export. */
export const exportReply = { 200: { description: "The file.", contentType: "text/csv" } };
