// The operations below `/session` for the OpenAPI document. They are no endpoints, because they need a session or
// credentials and no permission.

import type { SelfServedOperation } from "../docs/described.ts";
import {
  credentialsSchema,
  otherSessionPathSchema,
  otherSessionsSchema,
  passwordChangeSchema,
  preparedSecondFactorSchema,
  recoveryCodesSchema,
  secondFactorSchema,
  secondFactorConfirmation,
  secondFactorRemovalSchema,
  secondFactorRequestSchema,
} from "../../contract/own-account.ts";
import { regionSchema } from "../../contract/region.ts";
import {
  alertMailsReplySchema,
  alertMailsSchema,
  watchedItemPathSchema,
} from "../../contract/alert-mails.ts";
import { sessionSchema } from "../../contract/session.ts";

const tag = "Own account";
const done = { description: "It is done." };
const tooMany = { description: "Too many failed attempts." };

/** Every operation below `/session`. */
export const sessionOperations: readonly SelfServedOperation[] = [
  {
    method: "get",
    path: "/session",
    operationId: "readSession",
    tag,
    summary: "Read who is logged in",
    opensWith: "session",
    replies: { 200: { description: "The person.", schema: sessionSchema } },
  },
  {
    method: "post",
    path: "/session",
    operationId: "logIn",
    tag,
    summary: "Log in",
    description: "Answers with the session's cookie.",
    opensWith: "nothing",
    bodySchema: credentialsSchema,
    replies: {
      204: { description: "The session has begun." },
      401: {
        problems: ["unauthenticated", "code-needed"],
        description:
          "The email, the password or the code is wrong, the account is disabled, or a code is missing (`code-needed`).",
      },
      429: tooMany,
    },
  },
  {
    method: "delete",
    path: "/session",
    operationId: "logOut",
    tag,
    summary: "Log out",
    opensWith: "nothing",
    replies: { 204: done },
  },
  {
    method: "put",
    path: "/session/password",
    operationId: "changePassword",
    tag,
    summary: "Change your own password",
    description: "Every other session of the person ends; this one goes on under a new cookie.",
    opensWith: "session",
    bodySchema: passwordChangeSchema,
    replies: {
      204: done,
      422: {
        description: "The current password is wrong, or the new one is short or easily guessed.",
      },
      429: tooMany,
    },
  },
  {
    method: "get",
    path: "/session/second-factor",
    operationId: "readSecondFactor",
    tag,
    summary: "Read whether your second factor is on",
    opensWith: "session",
    replies: { 200: { description: "The second factor.", schema: secondFactorSchema } },
  },
  {
    method: "post",
    path: "/session/second-factor",
    operationId: "beginSecondFactor",
    tag,
    summary: "Begin to turn on a second factor",
    description:
      "The reply has a secret for an authenticator app. PUT a code from the app to turn the factor on.",
    opensWith: "session",
    bodySchema: secondFactorRequestSchema,
    replies: {
      201: { description: "The secret.", schema: preparedSecondFactorSchema },
      409: { description: "It is on already." },
      422: { description: "The current password is wrong." },
      429: tooMany,
    },
  },
  {
    method: "put",
    path: "/session/second-factor",
    operationId: "confirmSecondFactor",
    tag,
    summary: "Turn on the second factor that was begun",
    description: "Every other session of the person ends.",
    opensWith: "session",
    bodySchema: secondFactorConfirmation,
    replies: {
      200: { description: "It is on. These are its recovery codes.", schema: recoveryCodesSchema },
      409: { description: "None was begun, or it is on already." },
      422: { description: "The code is wrong." },
      429: tooMany,
    },
  },
  {
    method: "post",
    path: "/session/second-factor/removal",
    operationId: "turnOffSecondFactor",
    tag,
    summary: "Turn off your second factor",
    opensWith: "session",
    bodySchema: secondFactorRemovalSchema,
    replies: {
      204: done,
      422: { description: "The current password or the code is wrong." },
      429: tooMany,
    },
  },
  {
    method: "get",
    path: "/session/alert-mails",
    operationId: "readAlertMails",
    tag,
    summary: "Read how you are told of alerts",
    opensWith: "session",
    replies: { 200: { description: "Your choice.", schema: alertMailsReplySchema } },
  },
  {
    method: "put",
    path: "/session/alert-mails",
    operationId: "chooseAlertMails",
    tag,
    summary: "Choose how you are told of alerts",
    description: "Mails that wait for you go by your new choice too.",
    opensWith: "session",
    bodySchema: alertMailsSchema,
    replies: {
      200: { description: "Your choice.", schema: alertMailsReplySchema },
      422: { description: "A value can't be used, or a SKU or a product type does not exist." },
    },
  },
  {
    method: "put",
    path: "/session/region",
    operationId: "chooseRegion",
    tag,
    summary: "Choose your language and region",
    description:
      "The language of mails to you, and how numbers and times are written for you. A time zone is also that of the hours at which you are told of alerts.",
    opensWith: "session",
    bodySchema: regionSchema,
    replies: {
      200: { description: "Your choice.", schema: regionSchema },
      422: { description: "A value can't be used." },
    },
  },
  {
    method: "put",
    path: "/session/alert-mails/watching/:sku",
    operationId: "watchItem",
    tag,
    summary: "Watch a product or variant",
    description: "Like `watching` of your choice, without the rest of it.",
    opensWith: "session",
    pathSchema: watchedItemPathSchema,
    replies: {
      204: done,
      404: { description: "There is no such product or variant." },
      409: { description: "You watch 100 items already." },
    },
  },
  {
    method: "delete",
    path: "/session/alert-mails/watching/:sku",
    operationId: "unwatchItem",
    tag,
    summary: "Stop watching a product or variant",
    opensWith: "session",
    pathSchema: watchedItemPathSchema,
    replies: { 204: done },
  },
  {
    method: "get",
    path: "/session/others",
    operationId: "listOtherSessions",
    tag,
    summary: "List your other sessions",
    opensWith: "session",
    replies: { 200: { description: "The sessions.", schema: otherSessionsSchema } },
  },
  {
    method: "delete",
    path: "/session/others",
    operationId: "endOtherSessions",
    tag,
    summary: "End all your other sessions",
    opensWith: "session",
    replies: { 204: done },
  },
  {
    method: "delete",
    path: "/session/others/:id",
    operationId: "endOtherSession",
    tag,
    summary: "End another session of yours",
    opensWith: "session",
    pathSchema: otherSessionPathSchema,
    replies: { 204: done, 404: { description: "There is no such session of yours." } },
  },
];
