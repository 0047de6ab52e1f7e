// Examples of people, keys, mails and settings.

import type { Examples, IdOf } from "./example.ts";

const manager: IdOf = { idOf: ["createUser", "manager"] };
const invited: IdOf = { idOf: ["createUser", "invited"] };
const key: IdOf = { idOf: ["createKey", "checkout"] };
const mail: IdOf = { idOf: ["sendTemplateTest", "stored"] };
const template = { code: "shop:low_stock_internal" };
const subject = "{{ product.name }} is low: {{ stock.unitsInStock }} left";
const password = "three quiet herons at dusk";
const newPassword = "seven slow barges in fog";

/** Examples of the operations of administrators, and of people who log in. */
export const administrationExamples: Examples = {
  createUser: {
    manager: {
      summary: "A store manager",
      body: { email: "grace@example.com", name: "Grace", groups: ["store-managers"] },
      status: 201,
    },
    invited: {
      summary: "Somebody who chooses a password by a link",
      body: { email: "edsger@example.com", name: "Edsger", groups: [], invite: true },
      status: 201,
    },
  },
  readUser: { one: { summary: "One person", path: { id: manager }, status: 200 } },
  listUsers: { found: { summary: "By a part of the name", query: "?q=grace", status: 200 } },
  changeUser: {
    name: {
      summary: "Another name",
      path: { id: manager },
      body: { name: "Grace, morning shift" },
      status: 200,
    },
  },
  removeSecondFactor: {
    lost: { summary: "A person has lost the phone", path: { id: manager }, status: 204 },
  },
  inviteUserAgain: {
    one: { summary: "The link was lost", path: { id: invited }, status: 200 },
  },
  revokeInvitation: {
    one: { summary: "A wrong address", path: { id: invited }, status: 204 },
  },
  readUserAlertMails: { one: { summary: "Of one person", path: { id: manager }, status: 200 } },
  chooseUserAlertMails: {
    daily: {
      summary: "One mail a day for somebody else",
      path: { id: manager },
      body: {
        mode: "daily",
        dailyAt: "07:00",
        quietHours: null,
        timeZone: "Europe/London",
        pausedUntil: null,
        watching: [],
        watchingTypes: ["goods"],
      },
      status: 200,
    },
  },
  saveGroup: {
    new: {
      summary: "A group that may count",
      path: { code: "stockroom" },
      body: { name: "Stockroom", permissions: ["catalogue:read", "stock:read", "stock:write"] },
      status: 201,
    },
    changed: {
      summary: "A group that may only look",
      path: { code: "stockroom" },
      body: { name: "Stockroom", permissions: ["catalogue:read", "stock:read"] },
      status: 200,
    },
  },
  joinGroup: {
    one: { summary: "A new member", path: { code: "stockroom", userId: manager }, status: 204 },
  },
  readGroup: { one: { summary: "One group", path: { code: "stockroom" }, status: 200 } },
  listGroups: { first: { summary: "The first group", query: "?limit=1", status: 200 } },
  leaveGroup: {
    one: { summary: "A member leaves", path: { code: "stockroom", userId: manager }, status: 204 },
  },
  deleteGroup: { one: { summary: "One group", path: { code: "stockroom" }, status: 204 } },
  deleteUser: { one: { summary: "One person", path: { id: manager }, status: 204 } },
  createKey: {
    checkout: {
      summary: "A key for a checkout",
      body: {
        name: "checkout",
        scopes: ["orders:read", "orders:write", "catalogue:read"],
        expiresAt: "2035-01-31T12:00:00Z",
      },
      status: 201,
    },
  },
  readKey: { one: { summary: "One key", path: { id: key }, status: 200 } },
  listKeys: { first: { summary: "The latest key", query: "?limit=1", status: 200 } },
  revokeKey: { one: { summary: "One key", path: { id: key }, status: 204 } },
  saveTemplate: {
    subject: {
      summary: "A subject of the store's own",
      path: template,
      body: { subject, body: null },
      status: 200,
    },
  },
  readTemplate: { one: { summary: "One template", path: template, status: 200 } },
  listTemplates: { all: { summary: "All templates", status: 200 } },
  listTemplateVersions: { all: { summary: "What was stored", path: template, status: 200 } },
  listTemplateVariables: { all: { summary: "Its variables", path: template, status: 200 } },
  previewTemplate: {
    subject: {
      summary: "A subject that is not stored",
      path: template,
      body: { subject },
      status: 200,
    },
  },
  sendTemplateTest: {
    stored: {
      summary: "The stored texts",
      path: template,
      body: { to: "grace@example.com" },
      status: 200,
    },
  },
  resetTemplate: { one: { summary: "The built-in texts again", path: template, status: 204 } },
  listActivity: {
    groups: {
      summary: "What was done to groups",
      query: "?area=group&limit=2",
      status: 200,
    },
  },
  listMails: { latest: { summary: "The latest mail", query: "?limit=1", status: 200 } },
  readMail: { one: { summary: "One mail", path: { id: mail }, status: 200 } },
  resendMail: { one: { summary: "Once more", path: { id: mail }, status: 202 } },
  resendMails: { failed: { summary: "All that have failed", body: {}, status: 200 } },
  tryMailsNow: { waiting: { summary: "All that wait", body: {}, status: 200 } },
  mailSupplier: {
    order: {
      summary: "An order of two items",
      body: {
        to: "orders@supplier.example",
        subject: "Order of 14 March",
        message: "Please confirm the day of delivery.",
        lines: [
          { sku: "TEA-SENCHA-50", units: 48 },
          { sku: "TEA-SENCHA-100", units: 24 },
        ],
      },
      status: 202,
    },
  },
  readStore: { all: { summary: "The settings", status: 200 } },
  saveStore: {
    name: {
      summary: "A name, and an address for replies",
      body: { name: "The Tea Shop", replyToEmail: "shop@example.com", restockOnReturn: false },
      status: 200,
    },
  },
  logIn: {
    password: {
      summary: "With a password",
      body: { email: "ada@example.com", password },
      status: 204,
    },
  },
  readSession: { own: { summary: "Who is logged in", status: 200 } },
  readAlertMails: { own: { summary: "Your choice", status: 200 } },
  chooseAlertMails: {
    quiet: {
      summary: "One mail a day, and none at night",
      body: {
        mode: "daily",
        dailyAt: "08:30",
        quietHours: { from: "22:00", until: "07:00" },
        timeZone: "Europe/Berlin",
        pausedUntil: null,
        watching: ["SCOOP-BRASS"],
        watchingTypes: ["goods"],
      },
      status: 200,
    },
  },
  chooseRegion: {
    austrian: {
      summary: "Mails in German, numbers and times as in Austria",
      body: { language: "de", locale: "de-AT", timeZone: "Europe/Vienna" },
      status: 200,
    },
  },
  watchItem: { one: { summary: "A product", path: { sku: "SCOOP-BRASS" }, status: 204 } },
  unwatchItem: { one: { summary: "A product", path: { sku: "SCOOP-BRASS" }, status: 204 } },
  listOtherSessions: { all: { summary: "On other devices", status: 200 } },
  endOtherSession: {
    one: {
      summary: "One of them",
      path: { id: { idOf: ["listOtherSessions", "all"] } },
      status: 204,
    },
  },
  endOtherSessions: { all: { summary: "All of them", status: 204 } },
  readSecondFactor: { off: { summary: "It is off", status: 200 } },
  beginSecondFactor: {
    first: { summary: "Get a secret", body: { currentPassword: password }, status: 201 },
  },
  confirmSecondFactor: {
    code: { summary: "A code of the app", body: { code: "492039" }, status: 200 },
  },
  turnOffSecondFactor: {
    code: {
      summary: "With a code of the app",
      body: { currentPassword: password, code: "861203" },
      status: 204,
    },
  },
  changePassword: {
    own: {
      summary: "Another password",
      body: { currentPassword: password, newPassword },
      status: 204,
    },
  },
  logOut: { own: { summary: "End this session", status: 204 } },
};
