// What is said about a person who can't be invited.

/** By the kind of the refusal. */
export const invitationWords = {
  "has-password":
    "Expected a person who was invited and has no password yet; this one has a password.",
  "person-disabled":
    "Expected a person who may log in; this one is disabled. Send enabled: true to PATCH /admin-users/{id} first.",
} as const;
