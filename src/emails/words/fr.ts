// The texts of mails in French.

import type { Change } from "../low-stock/low-stock-words.ts";
import type { Counted } from "../templating/mail-formats.ts";
import type { MailWords } from "./language-words.ts";

const s = ({ isOne }: Counted): string => (isOne ? "" : "s");
const units = (counted: Counted): string => `${counted.text} unité${s(counted)}`;

const after = ({ order, by }: Change): string =>
  order === null
    ? `Après une modification ${by === null ? "du stock" : `par ${by}`}`
    : `Après la commande ${order}`;

const item = ({ product, variant }: Change): string =>
  variant === null ? "ce produit" : `la variante ${variant} de ${product}`;

/** The texts. */
export const fr: MailWords = {
  openAdminApp: "Ouvrir l’administration",
  stockFooter: (store, email) =>
    `Vous recevez ce message parce que vous suivez le stock de ${store}. Il a été envoyé à ${email}.`,
  lowStock: {
    subject:
      'Stock bas - {{ product.name }}{% if variant %}, {{ variant.name }}{% endif %}{% if stock.state == "out" %}{% if stock.unitsInStock > 0 %}\u00a0: plus en vente{% else %}\u00a0: plus rien en stock{% endif %}{% endif %}',
    starterBody: `# {{ product.name }}\u00a0: {% if stock.state == "low" %}le stock est bas{% elsif stock.unitsInStock > 0 %}plus en vente{% else %}plus rien en stock{% endif %}

{% if holder.kind == "variant" %}Variante **{{ variant.name }}**, {% endif %}SKU \`{{ holder.sku }}\`

- Unités restantes\u00a0: **{{ stock.unitsInStock }}**{% if stock.unitsSince %} ({{ stock.unitsSince }} depuis){% endif %}
- Seuil\u00a0: {{ stock.threshold }}
- Ventes des 7 derniers jours\u00a0: {{ soldLast7Days }}
- Cause\u00a0: {% if order %}[commande {{ order.reference }}]({{ order.adminUrl }}){% else %}{{ cause }}{% endif %}

[Ouvrir le produit]({{ product.adminUrl }})
`,
    badges: { low: "Stock bas", "held-back": "Plus en vente", "none-left": "Épuisé" },
    headlines: {
      low: (name) => `${name}\u00a0: le stock est bas`,
      "held-back": (name) => `${name}\u00a0: plus en vente`,
      "none-left": (name) => `${name}\u00a0: plus rien en stock`,
    },
    cause: (by) => (by === null ? "une modification du stock" : `une modification par ${by}`),
    lead: {
      short: (change, missing) =>
        `${after(change)}, il manque ${units(missing)} pour ${item(change)}\u00a0: il s’en est vendu plus qu’il n’y en avait.`,
      noneLeft: (change) => `${after(change)}, il ne reste plus rien pour ${item(change)}.`,
      heldBack: (change, held) =>
        `${after(change)}, ${item(change)} n’est plus en vente\u00a0: le seuil retient ${units(held)}.`,
      low: (change, left, threshold, where) => {
        const there = `${after(change)}, il reste ${units(left)} pour ${item(change)}`;
        if (where === "exactly") return `${there}, exactement le seuil de ${threshold.text}.`;
        return `${there}, ${where === "below" ? "sous le" : "au-dessus du"} seuil de ${threshold.text}.`;
      },
      risen: (counted) => `Depuis, le stock est remonté à ${units(counted)}.`,
    },
    figures: {
      left: (left) => `unité${s(left)} restante${s(left)}`,
      heldBack: (held) => `unité${s(held)} retenue${s(held)}`,
      threshold: "seuil",
      sold: "ventes en 7 jours",
    },
    facts: {
      product: "Produit",
      variant: "Variante",
      sku: "SKU",
      variantSku: "SKU de la variante",
      causedBy: "Cause",
      order: (reference) => `Commande ${reference}`,
      pace: "À ce rythme",
      onTheWay: "En route",
      raised: "Alerte émise",
    },
    lasts: {
      underADay: "Dure moins d’un jour",
      overTwoMonths: "Dure plus de 2 mois",
      about: ({ text, isOne }) => `Dure environ ${isOne ? "un jour" : `${text} jours`}`,
    },
    incoming: (incoming, day) => `${units(incoming)}, prochaine livraison le ${day}`,
    preheader: (left, threshold, sold) =>
      `${left}, seuil ${threshold.text}. Ventes des 7 derniers jours\u00a0: ${sold.text}.`,
    count: {
      heldBack: (held) => `${units(held)} retenue${s(held)}`,
      short: (missing) => `${units(missing)} manquante${s(missing)}`,
      noneLeft: "Plus rien en stock",
      left: (left) => `${units(left)} restante${s(left)}`,
    },
    openProduct: "Ouvrir le produit",
    openOrder: "Ouvrir la commande",
    openAlert: "Ouvrir l’alerte",
  },
  digest: {
    subject:
      "Stock bas - {% if count == 1 %}{{ items.0.name }}{% else %}{{ count }} articles{% endif %}",
    starterBody: `# {{ count }} {% if count == 1 %}article demande{% else %}articles demandent{% endif %} votre attention

{% for item in items %}- [{{ item.name }}]({{ item.adminUrl }}), SKU {{ item.sku }}\u00a0: {% if item.state == "none-left" %}plus rien en stock{% elsif item.state == "held-back" %}plus en vente, {{ item.unitsInStock }} en réserve{% elsif item.state == "low" %}stock bas, reste {{ item.unitsInStock }}{% else %}de nouveau en stock, reste {{ item.unitsInStock }}{% endif %}
{% endfor %}
{% if more > 0 %}Autres articles\u00a0: {{ more }}.{% endif %}

[Ouvrir les alertes]({{ alertsUrl }})
`,
    headline: (items) =>
      `${items.text} article${s(items)} demande${items.isOne ? "" : "nt"} votre attention`,
    lead: {
      daily: (summary) =>
        `Voici ce dont le stock est devenu bas ou la vente s’est arrêtée depuis votre dernier message quotidien. ${summary}`,
      together: (summary) =>
        `Leur stock est devenu bas ou leur vente s’est arrêtée en peu de temps\u00a0: un seul message les réunit. ${summary}`,
    },
    over: "De nouveau en stock",
    summary: {
      "none-left": (items) => `${items.text} épuisé${s(items)}`,
      "held-back": ({ text }) => `${text} plus en vente`,
      low: ({ text }) => `${text} à stock bas`,
      over: ({ text }) => `${text} de nouveau en stock`,
      more: (items) => `${items.text} autre${s(items)}`,
    },
    count: {
      short: (missing) => `${missing.text} manquante${s(missing)}`,
      heldBack: (held, threshold) => `${held.text} retenue${s(held)}, seuil ${threshold.text}`,
      left: (left, threshold) => `reste ${left.text}, seuil ${threshold.text}`,
    },
    rest: (more) => `Et ${more.text} autre${s(more)}. Tous sont dans la liste des alertes.`,
    openAlerts: "Ouvrir les alertes",
  },
  webhookPaused: {
    subject: "Webhook suspendu - {{ webhook.name }}",
    starterBody: `# Le webhook {{ webhook.name }} est suspendu

{% if pause.reason == "gone" %}Le destinataire ne veut plus rien recevoir.{% else %}Le destinataire n’a rien accepté pendant trois jours.{% endif %} Le webhook garde sa place\u00a0: quand vous le reprenez, il continue par le premier événement que le destinataire n’a pas reçu.

- Destination\u00a0: {{ webhook.host }}
{% if pause.lastError %}- Dernière erreur\u00a0: {{ pause.lastError }}
{% endif %}- Suspendu\u00a0: {{ pause.at | date: "%d/%m/%Y %H:%M" }} UTC

[Ouvrir le webhook]({{ webhook.adminUrl }})
`,
    headline: (webhook) => `Le webhook ${webhook} est suspendu`,
    reasons: {
      gone: "Le destinataire a répondu qu’il ne veut plus rien recevoir. Plus rien ne lui est donc envoyé.",
      failing:
        "Le destinataire n’a rien accepté pendant trois jours. Plus rien ne lui est donc envoyé.",
    },
    advice: {
      gone: "Le webhook garde sa place. Si c’est voulu, supprimez-le. Sinon, reprenez-le\u00a0: il continue par le premier événement que le destinataire n’a pas reçu.",
      failing:
        "Le webhook garde sa place. Reprenez-le quand le destinataire fonctionne de nouveau\u00a0: il continue par le premier événement qu’il n’a pas reçu.",
    },
    preheader: (reason) => `${reason} Il garde sa place.`,
    footer: (store, email) =>
      `Vous recevez ce message parce que vous pouvez modifier les webhooks de ${store}. Il a été envoyé à ${email}.`,
    goesTo: "Destination",
    failingSince: "En échec depuis",
    lastFailure: "Dernière erreur",
    paused: "Suspendu",
    openWebhook: "Ouvrir le webhook",
  },
  supplierOrder: {
    subject: "{{ order.subject }}",
    starterBody: `# {{ order.subject }}

{{ order.message }}

{% for line in lines %}- {{ line.units }} × {{ line.name }} ({{ line.sku }})
{% endfor %}

La même liste est jointe dans un fichier.
`,
    sum: (items, all) =>
      `${items.text} ${items.isOne ? "article" : "articles"}, ${all.text} ${all.isOne ? "unité" : "unités"} en tout. La même liste est jointe dans un fichier.`,
    footer: (store, email) =>
      `${store} a envoyé cette commande à ${email}. Répondez à cet e-mail si quelque chose n’est pas clair.`,
    item: "Article",
    units: "Unités",
    fileHeads: ["SKU", "Article", "Unités"],
  },
  account: {
    footer: (store, email) =>
      `Vous recevez cet e-mail parce que ${email} est l’adresse d’un compte chez ${store}.`,
    invitation: {
      subject: "Invitation à rejoindre {{ store.name }}",
      starterBody: "",
      headline: (store) => `Bienvenue chez ${store}`,
      lead: (by, store, email) =>
        `${by === null ? "Vous êtes invité" : `${by} vous invite`} à gérer le stock de ${store}. Pour commencer, choisissez un mot de passe. Vous vous connectez avec lui et ${email}.`,
      action: "Choisir votre mot de passe",
      after: (until) =>
        `Le lien ne sert qu’une fois, jusqu’à cette date\u00a0: ${until}. Ne le transmettez pas\u00a0: qui l’a peut se connecter à votre place. Si vous n’attendez pas cette invitation, supprimez l’e-mail, et rien ne se passe.`,
    },
    reset: {
      subject: "Nouveau mot de passe pour {{ store.name }}",
      starterBody: "",
      headline: "Choisir un nouveau mot de passe",
      lead: (store, email) =>
        `Quelqu’un a demandé un nouveau mot de passe pour ${email} chez ${store}. Si c’est vous, choisissez-le maintenant. Tous vos navigateurs sont alors déconnectés.`,
      action: "Choisir un nouveau mot de passe",
      after:
        "Le lien ne sert qu’une fois, pendant une heure. Ne le transmettez pas\u00a0: qui l’a peut se connecter à votre place. Si ce n’est pas vous, supprimez l’e-mail\u00a0: votre mot de passe reste le même.",
    },
    changed: {
      subject: "Votre mot de passe pour {{ store.name }} a été modifié",
      starterBody: "",
      headline: "Votre mot de passe a été modifié",
      lead: ({ store, email, at, how }) =>
        `Le mot de passe de ${email} chez ${store} a été modifié\u00a0: ${at}. ${how} Les autres navigateurs ont été déconnectés.`,
      by: {
        own: "Il a été modifié dans le compte même, par quelqu’un qui connaissait l’ancien.",
        link: "Il a été choisi avec un lien à usage unique qui vous a été envoyé ou donné.",
        administrator:
          "Il a été défini par un administrateur. Vous choisirez le vôtre à la prochaine connexion.",
        command:
          "Il a été défini en ligne de commande sur le serveur. Vous choisirez le vôtre à la prochaine connexion.",
      },
      action: "Ce n’était pas moi",
      after:
        "Si vous êtes au courant, il n’y a rien à faire. Sinon, choisissez tout de suite un nouveau mot de passe et prévenez un administrateur.",
    },
    moved: {
      subject: "Votre adresse chez {{ store.name }} a été modifiée",
      starterBody: "",
      headline: "Votre adresse a été modifiée",
      lead: ({ store, email, at }) =>
        `Un administrateur de ${store} a modifié l’adresse de votre compte : ${at}. Ce n’est plus ${email} : vous vous connectez avec la nouvelle adresse, et les messages y sont envoyés.`,
      action: "Ouvrir l’administration",
      after:
        "Si vous êtes au courant, il n’y a rien à faire. Sinon, prévenez tout de suite un administrateur : quelqu’un d’autre pourrait s’emparer de votre compte.",
    },
  },
  switchOff: {
    ask: {
      title: "Plus de messages",
      heading: "Ne plus recevoir de messages sur les stocks bas\u00a0?",
      text: (store, email) =>
        `${store} n’en enverra plus à ${email}. Les autres en reçoivent comme avant. Un message par jour, des heures calmes ou une pause suffisent peut-être\u00a0: choisissez-les dans l’administration, sous votre compte.`,
      button: "Ne plus en recevoir",
    },
    done: {
      title: "Messages arrêtés",
      heading: "Les messages sur les stocks bas sont arrêtés",
      text: (store, email) =>
        `${store} n’en envoie plus à ${email}. Vous pouvez les reprendre dans l’administration, sous votre compte.`,
      button: "Ouvrir votre compte",
    },
  },
};
