// The texts of mails in English.

import type { Change } from "../low-stock/low-stock-words.ts";
import type { Counted } from "../templating/mail-formats.ts";
import type { MailWords } from "./language-words.ts";

const unit = ({ isOne }: Counted): string => (isOne ? "unit" : "units");
const units = (counted: Counted): string => `${counted.text} ${unit(counted)}`;

/** "After order R-1, the variant Blue of Shirt" */
function after({ order, cause, product, variant }: Change): string {
  const by = order === null ? cause : `order ${order}`;
  return `After ${by}, ${variant === null ? "this product" : `the variant ${variant} of ${product}`}`;
}

/** The texts. */
export const en: MailWords = {
  openAdminApp: "Open the admin app",
  stockFooter: (store, email) =>
    `You get this mail because you look after the stock of ${store}. It was sent to ${email}.`,
  lowStock: {
    // Filters of mailboxes may go by its beginning.
    subject:
      'Product Stock Low - {{ product.name }}{% if variant %}, {{ variant.name }}{% endif %}{% if stock.state == "out" %}{% if stock.unitsInStock > 0 %}: not sold any more{% else %}: none left{% endif %}{% endif %}',
    starterBody: `# {{ product.name }} {% if stock.state == "low" %}is running low{% elsif stock.unitsInStock > 0 %}is not sold any more{% else %}has none left{% endif %}

{% if holder.kind == "variant" %}Variant **{{ variant.name }}**, {% endif %}SKU \`{{ holder.sku }}\`

- Units left: **{{ stock.unitsInStock }}**{% if stock.unitsSince %} (since then {{ stock.unitsSince }}){% endif %}
- Threshold: {{ stock.threshold }}
- Sold in the last 7 days: {{ soldLast7Days }}
- Caused by {% if order %}[order {{ order.reference }}]({{ order.adminUrl }}){% else %}{{ cause }}{% endif %}

[Open the product]({{ product.adminUrl }})
`,
    badges: { low: "Low", "held-back": "Not sold", "none-left": "None left" },
    headlines: {
      low: (item) => `${item} is running low`,
      "held-back": (item) => `${item} is not sold any more`,
      "none-left": (item) => `${item} has none left`,
    },
    cause: (by) => (by === null ? "a change of its stock" : `a change by ${by}`),
    lead: {
      short: (change, missing) =>
        `${after(change)} is ${units(missing)} short: more was sold than was there.`,
      noneLeft: (change) => `${after(change)} has no units left.`,
      heldBack: (change, { text }) =>
        `${after(change)} is not sold: ${text} on the shelf, held back by the threshold.`,
      low: (change, left, threshold, where) =>
        `${after(change)} has ${units(left)} left, ${where} its threshold of ${threshold.text}.`,
      risen: ({ text }) => `Since then its units have risen to ${text}.`,
    },
    figures: {
      left: (left) => `${unit(left)} left`,
      heldBack: (held) => `${unit(held)} held back`,
      threshold: "threshold",
      sold: "sold in 7 days",
    },
    facts: {
      product: "Product",
      variant: "Variant",
      sku: "SKU",
      variantSku: "Variant SKU",
      causedBy: "Caused by",
      order: (reference) => `Order ${reference}`,
      pace: "At this pace",
      onTheWay: "On the way",
      raised: "Alert raised",
    },
    lasts: {
      underADay: "Lasts less than a day",
      overTwoMonths: "Lasts more than 2 months",
      about: ({ text, isOne }) => `Lasts about ${isOne ? "a day" : `${text} days`}`,
    },
    incoming: (incoming, day) => `${units(incoming)}, the next expected on ${day}`,
    preheader: (left, threshold, sold) =>
      `${left}, threshold ${threshold.text}. ${sold.text} sold in the last 7 days.`,
    count: {
      heldBack: (held) => `${units(held)} held back`,
      short: (missing) => `${units(missing)} short`,
      noneLeft: "No units left",
      left: (left) => `${units(left)} left`,
    },
    openProduct: "Open the product",
    openOrder: "Open the order",
    openAlert: "Open the alert",
  },
  digest: {
    subject:
      "Product Stock Low - {% if count == 1 %}{{ items.0.name }}{% else %}{{ count }} items{% endif %}",
    starterBody: `# {{ count }} {% if count == 1 %}item needs{% else %}items need{% endif %} a look

{% for item in items %}- [{{ item.name }}]({{ item.adminUrl }}), SKU {{ item.sku }}: {% if item.state == "none-left" %}none left{% elsif item.state == "held-back" %}not sold, {{ item.unitsInStock }} held back{% elsif item.state == "low" %}low, {{ item.unitsInStock }} left{% else %}in stock again, {{ item.unitsInStock }} left{% endif %}
{% endfor %}
{% if more > 0 %}And {{ more }} more.{% endif %}

[Open the alerts]({{ alertsUrl }})
`,
    headline: ({ text, isOne }) => `${text} ${isOne ? "item needs" : "items need"} a look`,
    lead: {
      daily: (summary) =>
        `This is what became low or stopped selling since your last daily mail. ${summary}`,
      together: (summary) =>
        `They became low or stopped selling within a short time, so one mail tells you of all. ${summary}`,
    },
    over: "In stock again",
    summary: {
      "none-left": ({ text }) => `${text} with none left`,
      "held-back": ({ text }) => `${text} not sold any more`,
      low: ({ text }) => `${text} low`,
      over: ({ text }) => `${text} in stock again`,
      more: ({ text }) => `${text} more`,
    },
    count: {
      short: ({ text }) => `${text} short`,
      heldBack: ({ text }, threshold) => `${text} held back by ${threshold.text}`,
      left: ({ text }, threshold) => `${text} left, threshold ${threshold.text}`,
    },
    rest: ({ text }) => `And ${text} more. The list of alerts has all of them.`,
    openAlerts: "Open the alerts",
  },
  webhookPaused: {
    subject: "Webhook paused - {{ webhook.name }}",
    starterBody: `# The webhook {{ webhook.name }} is paused

{% if pause.reason == "gone" %}The receiver wants nothing more.{% else %}The receiver took nothing for three days.{% endif %} The webhook keeps its place: when you resume it, it goes on with the first event that the receiver has not got.

- Goes to: {{ webhook.host }}
{% if pause.lastError %}- Last failure: {{ pause.lastError }}
{% endif %}- Paused: {{ pause.at | date: "%d %b %Y %H:%M" }} UTC

[Open the webhook]({{ webhook.adminUrl }})
`,
    headline: (webhook) => `The webhook ${webhook} is paused`,
    reasons: {
      gone: "The receiver answered that it wants nothing more, so nothing is sent to it any more.",
      failing: "The receiver took nothing for three days, so nothing is sent to it any more.",
    },
    advice: {
      gone: "The webhook keeps its place. If that is right, delete the webhook. If not, resume it: it goes on with the first event that the receiver has not got.",
      failing:
        "The webhook keeps its place. Resume it when the receiver works again: it goes on with the first event that the receiver has not got.",
    },
    preheader: (reason) => `${reason} It keeps its place.`,
    footer: (store, email) =>
      `You get this mail because you may change the webhooks of ${store}. It was sent to ${email}.`,
    goesTo: "Goes to",
    failingSince: "Failing since",
    lastFailure: "Last failure",
    paused: "Paused",
    openWebhook: "Open the webhook",
  },
  supplierOrder: {
    subject: "{{ order.subject }}",
    starterBody: `# {{ order.subject }}

{{ order.message }}

{% for line in lines %}- {{ line.units }} × {{ line.name }} ({{ line.sku }})
{% endfor %}

The same list is attached as a file.
`,
    sum: (items, all) =>
      `${items.text} ${items.isOne ? "item" : "items"}, ${units(all)} in all. The same list is attached as a file.`,
    footer: (store, email) =>
      `${store} sent this order to ${email}. Reply to this mail if something is unclear.`,
    item: "Item",
    units: "Units",
    fileHeads: ["sku", "name", "units"],
  },
  account: {
    footer: (store, email) =>
      `You get this mail because ${email} is the address of an account at ${store}.`,
    invitation: {
      subject: "You are invited to {{ store.name }}",
      starterBody: "",
      headline: (store) => `Welcome to ${store}`,
      lead: (by, store, email) =>
        `${by === null ? "You are invited" : `${by} has invited you`} to look after the stock of ${store}. Choose a password to begin; you log in with it and ${email}.`,
      action: "Choose your password",
      after: (until) =>
        `The link works once, until ${until}. Do not pass it on: whoever has it can log in as you. If you do not expect this, delete the mail, and nothing happens.`,
    },
    reset: {
      subject: "Choose a new password for {{ store.name }}",
      starterBody: "",
      headline: "Choose a new password",
      lead: (store, email) =>
        `Somebody asked for a new password for ${email} at ${store}. If it was you, choose it now. All your browsers are logged out then.`,
      action: "Choose a new password",
      after:
        "The link works once, for an hour. Do not pass it on: whoever has it can log in as you. If it was not you, delete the mail: your password stays as it is.",
    },
    changed: {
      subject: "Your password for {{ store.name }} was changed",
      starterBody: "",
      headline: "Your password was changed",
      lead: ({ store, email, at, how }) =>
        `The password of ${email} at ${store} was changed on ${at}. ${how} Other browsers were logged out.`,
      by: {
        own: "It was changed in the account's own form, by somebody who knew the old one.",
        link: "It was chosen by a one-time link that had been sent or given to you.",
        administrator: "An administrator set it. You choose your own at your next login.",
        command: "It was set on the server's command line. You choose your own at your next login.",
      },
      action: "It was not me",
      after:
        "If you know of it, there is nothing to do. If not, choose a new password at once, and tell an administrator.",
    },
    moved: {
      subject: "Your address at {{ store.name }} was changed",
      starterBody: "",
      headline: "Your address was changed",
      lead: ({ store, email, at }) =>
        `An administrator of ${store} changed the address of your account on ${at}. It is no longer ${email}: you log in with the new address, and mails go there.`,
      action: "Open the admin app",
      after:
        "If you know of it, there is nothing to do. If not, tell an administrator at once: somebody else may get hold of your account.",
    },
  },
  switchOff: {
    ask: {
      title: "No more mails",
      heading: "No more mails about low stock?",
      text: (store, email) =>
        `${store} then sends none to ${email}. Others are told as before. One mail a day, quiet hours or a pause may do: choose them in the admin app, under your account.`,
      button: "Switch them off",
    },
    done: {
      title: "Switched off",
      heading: "Mails about low stock are switched off",
      text: (store, email) =>
        `${store} sends none to ${email} any more. You can switch them on again in the admin app, under your account.`,
      button: "Open your account",
    },
  },
};
