// The texts of mails in German.

import type { Change } from "../low-stock/low-stock-words.ts";
import type { MailWords } from "./language-words.ts";

const after = ({ order, by }: Change): string =>
  order === null
    ? `Nach einer ${by === null ? "Bestandsänderung" : `Änderung durch ${by}`}`
    : `Nach Bestellung ${order}`;

const item = ({ product, variant }: Change): string =>
  variant === null ? "dieses Produkt" : `die Variante ${variant} von ${product}`;

const ofItem = ({ product, variant }: Change): string =>
  variant === null ? "von diesem Produkt" : `von der Variante ${variant} von ${product}`;

/** The texts. */
export const de: MailWords = {
  openAdminApp: "Verwaltung öffnen",
  stockFooter: (store, email) =>
    `Sie erhalten diese E-Mail, weil Sie den Bestand von ${store} betreuen. Sie ging an ${email}.`,
  lowStock: {
    subject:
      'Bestand niedrig - {{ product.name }}{% if variant %}, {{ variant.name }}{% endif %}{% if stock.state == "out" %}{% if stock.unitsInStock > 0 %}: nicht mehr im Verkauf{% else %}: nichts mehr da{% endif %}{% endif %}',
    starterBody: `# {{ product.name }} {% if stock.state == "low" %}wird knapp{% elsif stock.unitsInStock > 0 %}ist nicht mehr im Verkauf{% else %}ist nicht mehr da{% endif %}

{% if holder.kind == "variant" %}Variante **{{ variant.name }}**, {% endif %}SKU \`{{ holder.sku }}\`

- Noch da: **{{ stock.unitsInStock }}** Stück{% if stock.unitsSince %} (inzwischen {{ stock.unitsSince }}){% endif %}
- Schwelle: {{ stock.threshold }}
- In den letzten 7 Tagen verkauft: {{ soldLast7Days }}
- Ursache: {% if order %}[Bestellung {{ order.reference }}]({{ order.adminUrl }}){% else %}{{ cause }}{% endif %}

[Produkt öffnen]({{ product.adminUrl }})
`,
    badges: { low: "Knapp", "held-back": "Nicht im Verkauf", "none-left": "Nichts mehr da" },
    headlines: {
      low: (name) => `${name} wird knapp`,
      "held-back": (name) => `${name} ist nicht mehr im Verkauf`,
      "none-left": (name) => `${name} ist nicht mehr da`,
    },
    cause: (by) => (by === null ? "eine Bestandsänderung" : `eine Änderung durch ${by}`),
    lead: {
      short: (change, { text, isOne }) =>
        `${after(change)} ${isOne ? "fehlt" : "fehlen"} ${ofItem(change)} ${text} Stück: Es wurde mehr verkauft, als da war.`,
      noneLeft: (change) => `${after(change)} ist ${item(change)} nicht mehr da.`,
      heldBack: (change, { text }) =>
        `${after(change)} ist ${item(change)} nicht im Verkauf: Die Schwelle hält ${text} Stück zurück.`,
      low: (change, left, threshold, where) => {
        const there = `${after(change)} ${left.isOne ? "ist" : "sind"} ${ofItem(change)} noch ${left.text} Stück da`;
        if (where === "exactly") return `${there}, genau die Schwelle von ${threshold.text}.`;
        const side = where === "below" ? "unter" : "über";
        return `${there}, ${side} der Schwelle von ${threshold.text}.`;
      },
      risen: ({ text, isOne }) => `Inzwischen ${isOne ? "ist" : "sind"} es wieder ${text} Stück.`,
    },
    figures: {
      left: () => "Stück da",
      heldBack: () => "Stück zurückgehalten",
      threshold: "Schwelle",
      sold: "verkauft in 7 Tagen",
    },
    facts: {
      product: "Produkt",
      variant: "Variante",
      sku: "SKU",
      variantSku: "SKU der Variante",
      causedBy: "Ursache",
      order: (reference) => `Bestellung ${reference}`,
      pace: "Bei diesem Absatz",
      onTheWay: "Unterwegs",
      raised: "Gemeldet",
    },
    lasts: {
      underADay: "Reicht keinen Tag mehr",
      overTwoMonths: "Reicht mehr als 2 Monate",
      about: ({ text, isOne }) => `Reicht etwa ${isOne ? "einen Tag" : `${text} Tage`}`,
    },
    incoming: ({ text }, day) => `${text} Stück, nächste Lieferung am ${day}`,
    preheader: (left, threshold, sold) =>
      `${left}, Schwelle ${threshold.text}. ${sold.text} in den letzten 7 Tagen verkauft.`,
    count: {
      heldBack: ({ text }) => `${text} Stück zurückgehalten`,
      short: ({ text, isOne }) => `${text} Stück ${isOne ? "fehlt" : "fehlen"}`,
      noneLeft: "Nichts mehr da",
      left: ({ text }) => `Noch ${text} Stück`,
    },
    openProduct: "Produkt öffnen",
    openOrder: "Bestellung öffnen",
    openAlert: "Meldung öffnen",
  },
  digest: {
    subject:
      "Bestand niedrig - {% if count == 1 %}{{ items.0.name }}{% else %}{{ count }} Artikel{% endif %}",
    starterBody: `# {{ count }} Artikel {% if count == 1 %}braucht{% else %}brauchen{% endif %} einen Blick

{% for item in items %}- [{{ item.name }}]({{ item.adminUrl }}), SKU {{ item.sku }}: {% if item.state == "none-left" %}nichts mehr da{% elsif item.state == "held-back" %}nicht im Verkauf, {{ item.unitsInStock }} zurückgehalten{% elsif item.state == "low" %}knapp, noch {{ item.unitsInStock }}{% else %}wieder da, {{ item.unitsInStock }} Stück{% endif %}
{% endfor %}
{% if more > 0 %}Und {{ more }} mehr.{% endif %}

[Meldungen öffnen]({{ alertsUrl }})
`,
    headline: ({ text, isOne }) => `${text} Artikel ${isOne ? "braucht" : "brauchen"} einen Blick`,
    lead: {
      daily: (summary) =>
        `Das ist seit Ihrer letzten Tagesmail knapp geworden oder nicht mehr im Verkauf. ${summary}`,
      together: (summary) =>
        `Diese Artikel sind in kurzer Zeit knapp geworden oder nicht mehr im Verkauf, darum stehen sie in einer E-Mail. ${summary}`,
    },
    over: "Wieder da",
    summary: {
      "none-left": ({ text }) => `${text} nicht mehr da`,
      "held-back": ({ text }) => `${text} nicht mehr im Verkauf`,
      low: ({ text }) => `${text} knapp`,
      over: ({ text }) => `${text} wieder da`,
      more: ({ text }) => `${text} mehr`,
    },
    count: {
      short: ({ text, isOne }) => `${text} ${isOne ? "fehlt" : "fehlen"}`,
      heldBack: ({ text }, threshold) => `${text} zurückgehalten, Schwelle ${threshold.text}`,
      left: ({ text }, threshold) => `noch ${text}, Schwelle ${threshold.text}`,
    },
    rest: ({ text }) => `Und ${text} mehr. In der Liste der Meldungen stehen alle.`,
    openAlerts: "Meldungen öffnen",
  },
  webhookPaused: {
    subject: "Webhook angehalten - {{ webhook.name }}",
    starterBody: `# Der Webhook {{ webhook.name }} ist angehalten

{% if pause.reason == "gone" %}Der Empfänger will nichts mehr.{% else %}Der Empfänger hat drei Tage lang nichts angenommen.{% endif %} Der Webhook behält seine Stelle: Wenn Sie ihn fortsetzen, beginnt er beim ersten Ereignis, das der Empfänger nicht hat.

- Ziel: {{ webhook.host }}
{% if pause.lastError %}- Letzter Fehler: {{ pause.lastError }}
{% endif %}- Angehalten: {{ pause.at | date: "%d.%m.%Y %H:%M" }} UTC

[Webhook öffnen]({{ webhook.adminUrl }})
`,
    headline: (webhook) => `Der Webhook ${webhook} ist angehalten`,
    reasons: {
      gone: "Der Empfänger hat geantwortet, dass er nichts mehr will. Darum wird ihm nichts mehr geschickt.",
      failing:
        "Der Empfänger hat drei Tage lang nichts angenommen. Darum wird ihm nichts mehr geschickt.",
    },
    advice: {
      gone: "Der Webhook behält seine Stelle. Wenn das so richtig ist, löschen Sie ihn. Wenn nicht, setzen Sie ihn fort: Er beginnt beim ersten Ereignis, das der Empfänger nicht hat.",
      failing:
        "Der Webhook behält seine Stelle. Setzen Sie ihn fort, wenn der Empfänger wieder arbeitet: Er beginnt beim ersten Ereignis, das der Empfänger nicht hat.",
    },
    preheader: (reason) => `${reason} Er behält seine Stelle.`,
    footer: (store, email) =>
      `Sie erhalten diese E-Mail, weil Sie die Webhooks von ${store} ändern dürfen. Sie ging an ${email}.`,
    goesTo: "Ziel",
    failingSince: "Fehler seit",
    lastFailure: "Letzter Fehler",
    paused: "Angehalten",
    openWebhook: "Webhook öffnen",
  },
  supplierOrder: {
    subject: "{{ order.subject }}",
    starterBody: `# {{ order.subject }}

{{ order.message }}

{% for line in lines %}- {{ line.units }} × {{ line.name }} ({{ line.sku }})
{% endfor %}

Dieselbe Liste ist als Datei angehängt.
`,
    sum: (items, { text }) =>
      `${items.text} Artikel, zusammen ${text} Stück. Dieselbe Liste ist als Datei angehängt.`,
    footer: (store, email) =>
      `${store} hat diese Bestellung an ${email} geschickt. Antworten Sie auf diese E-Mail, wenn etwas unklar ist.`,
    item: "Artikel",
    units: "Stück",
    fileHeads: ["SKU", "Artikel", "Stück"],
  },
  account: {
    footer: (store, email) =>
      `Sie erhalten diese E-Mail, weil ${email} die Adresse eines Kontos bei ${store} ist.`,
    invitation: {
      subject: "Einladung zu {{ store.name }}",
      starterBody: "",
      headline: (store) => `Willkommen bei ${store}`,
      lead: (by, store, email) =>
        `${by === null ? "Sie sind eingeladen" : `${by} lädt Sie ein`}, den Bestand von ${store} zu betreuen. Wählen Sie dafür ein Passwort. Sie melden sich damit und mit ${email} an.`,
      action: "Passwort wählen",
      after: (until) =>
        `Der Link gilt einmal, bis ${until}. Geben Sie ihn nicht weiter: Wer ihn hat, kann sich als Sie anmelden. Wenn Sie diese Einladung nicht erwarten, löschen Sie die E-Mail, dann geschieht nichts.`,
    },
    reset: {
      subject: "Neues Passwort für {{ store.name }}",
      starterBody: "",
      headline: "Neues Passwort wählen",
      lead: (store, email) =>
        `Jemand möchte ein neues Passwort für ${email} bei ${store}. Wenn Sie das waren, wählen Sie es jetzt. Danach sind Sie in allen Browsern abgemeldet.`,
      action: "Neues Passwort wählen",
      after:
        "Der Link gilt einmal, eine Stunde lang. Geben Sie ihn nicht weiter: Wer ihn hat, kann sich als Sie anmelden. Wenn Sie das nicht waren, löschen Sie die E-Mail: Ihr Passwort bleibt, wie es ist.",
    },
    changed: {
      subject: "Ihr Passwort für {{ store.name }} wurde geändert",
      starterBody: "",
      headline: "Ihr Passwort wurde geändert",
      lead: ({ store, email, at, how }) =>
        `Das Passwort von ${email} bei ${store} wurde geändert: ${at}. ${how} Andere Browser wurden abgemeldet.`,
      by: {
        own: "Es wurde im Konto selbst geändert, von jemandem, der das alte kannte.",
        link: "Es wurde mit einem einmaligen Link gewählt, der Ihnen geschickt oder gegeben wurde.",
        administrator:
          "Es wurde in der Verwaltung gesetzt. Bei der nächsten Anmeldung wählen Sie ein eigenes.",
        command:
          "Es wurde auf der Befehlszeile des Servers gesetzt. Bei der nächsten Anmeldung wählen Sie ein eigenes.",
      },
      action: "Das war ich nicht",
      after:
        "Wenn Sie davon wissen, ist nichts zu tun. Wenn nicht, wählen Sie sofort ein neues Passwort, und sagen Sie einem Administrator Bescheid.",
    },
    moved: {
      subject: "Ihre Adresse bei {{ store.name }} wurde geändert",
      starterBody: "",
      headline: "Ihre Adresse wurde geändert",
      lead: ({ store, email, at }) =>
        `In der Verwaltung von ${store} wurde die Adresse Ihres Kontos geändert: ${at}. Sie ist nicht mehr ${email}: Sie melden sich mit der neuen Adresse an, und E-Mails gehen dorthin.`,
      action: "Zur Verwaltung",
      after:
        "Wenn Sie davon wissen, ist nichts zu tun. Wenn nicht, sagen Sie sofort in der Verwaltung Bescheid: Jemand anderes könnte sich Ihres Kontos bemächtigen.",
    },
  },
  switchOff: {
    ask: {
      title: "Keine E-Mails mehr",
      heading: "Keine E-Mails mehr über niedrigen Bestand?",
      text: (store, email) =>
        `${store} schickt dann keine mehr an ${email}. Andere erhalten sie wie bisher. Vielleicht genügen eine E-Mail am Tag, Ruhezeiten oder eine Pause: Sie wählen sie in der Verwaltung unter Ihrem Konto.`,
      button: "Abschalten",
    },
    done: {
      title: "Abgeschaltet",
      heading: "E-Mails über niedrigen Bestand sind abgeschaltet",
      text: (store, email) =>
        `${store} schickt keine mehr an ${email}. In der Verwaltung können Sie sie unter Ihrem Konto wieder einschalten.`,
      button: "Konto öffnen",
    },
  },
};
