// The texts of mails in Spanish.

import type { Change } from "../low-stock/low-stock-words.ts";
import type { Counted } from "../templating/mail-formats.ts";
import type { MailWords } from "./language-words.ts";

const unit = ({ isOne }: Counted): string => (isOne ? "unidad" : "unidades");
const units = (counted: Counted): string => `${counted.text} ${unit(counted)}`;
const s = ({ isOne }: Counted): string => (isOne ? "" : "s");
const n = ({ isOne }: Counted): string => (isOne ? "" : "n");

const after = ({ order, by }: Change): string =>
  order === null
    ? `Tras un cambio ${by === null ? "de existencias" : `de ${by}`}`
    : `Tras el pedido ${order}`;

const item = ({ product, variant }: Change): string =>
  variant === null ? "este producto" : `la variante ${variant} de ${product}`;

/** The texts. */
export const es: MailWords = {
  openAdminApp: "Abrir la administración",
  stockFooter: (store, email) =>
    `Recibe este mensaje porque se ocupa de las existencias de ${store}. Se envió a ${email}.`,
  lowStock: {
    subject:
      'Pocas existencias - {{ product.name }}{% if variant %}, {{ variant.name }}{% endif %}{% if stock.state == "out" %}{% if stock.unitsInStock > 0 %}: ya no se vende{% else %}: no queda nada{% endif %}{% endif %}',
    starterBody: `# {{ product.name }}: {% if stock.state == "low" %}quedan pocas existencias{% elsif stock.unitsInStock > 0 %}ya no se vende{% else %}no queda nada{% endif %}

{% if holder.kind == "variant" %}Variante **{{ variant.name }}**, {% endif %}SKU \`{{ holder.sku }}\`

- Unidades que quedan: **{{ stock.unitsInStock }}**{% if stock.unitsSince %} (desde entonces, {{ stock.unitsSince }}){% endif %}
- Umbral: {{ stock.threshold }}
- Vendidas en los últimos 7 días: {{ soldLast7Days }}
- Causa: {% if order %}[pedido {{ order.reference }}]({{ order.adminUrl }}){% else %}{{ cause }}{% endif %}

[Abrir el producto]({{ product.adminUrl }})
`,
    badges: { low: "Queda poco", "held-back": "No se vende", "none-left": "Agotado" },
    headlines: {
      low: (name) => `${name}: quedan pocas existencias`,
      "held-back": (name) => `${name}: ya no se vende`,
      "none-left": (name) => `${name}: no queda nada`,
    },
    cause: (by) => (by === null ? "un cambio de existencias" : `un cambio de ${by}`),
    lead: {
      short: (change, missing) =>
        `${after(change)}, falta${n(missing)} ${units(missing)} de ${item(change)}: se vendió más de lo que había.`,
      noneLeft: (change) => `${after(change)}, no queda nada de ${item(change)}.`,
      heldBack: (change, held) =>
        `${after(change)}, ${item(change)} no se vende: el umbral retiene ${units(held)}.`,
      low: (change, left, threshold, where) => {
        const there = `${after(change)}, queda${n(left)} ${units(left)} de ${item(change)}`;
        if (where === "exactly") return `${there}, justo el umbral de ${threshold.text}.`;
        const side = where === "below" ? "por debajo" : "por encima";
        return `${there}, ${side} del umbral de ${threshold.text}.`;
      },
      risen: (counted) => `Desde entonces han subido a ${units(counted)}.`,
    },
    figures: {
      left: unit,
      heldBack: (held) => `${unit(held)} retenida${s(held)}`,
      threshold: "umbral",
      sold: "vendidas en 7 días",
    },
    facts: {
      product: "Producto",
      variant: "Variante",
      sku: "SKU",
      variantSku: "SKU de la variante",
      causedBy: "Causa",
      order: (reference) => `Pedido ${reference}`,
      pace: "A este ritmo",
      onTheWay: "En camino",
      raised: "Aviso creado",
    },
    lasts: {
      underADay: "Dura menos de un día",
      overTwoMonths: "Dura más de 2 meses",
      about: ({ text, isOne }) => `Dura alrededor de ${isOne ? "un día" : `${text} días`}`,
    },
    incoming: (incoming, day) => `${units(incoming)}, la próxima entrega el ${day}`,
    preheader: (left, threshold, sold) =>
      `${left}, umbral ${threshold.text}. Vendidas en los últimos 7 días: ${sold.text}.`,
    count: {
      heldBack: (held) => `${units(held)} retenida${s(held)}`,
      short: (missing) => `Falta${n(missing)} ${units(missing)}`,
      noneLeft: "No queda nada",
      left: (left) => `Queda${n(left)} ${units(left)}`,
    },
    openProduct: "Abrir el producto",
    openOrder: "Abrir el pedido",
    openAlert: "Abrir el aviso",
  },
  digest: {
    subject:
      "Pocas existencias - {% if count == 1 %}{{ items.0.name }}{% else %}{{ count }} artículos{% endif %}",
    starterBody: `# {{ count }} {% if count == 1 %}artículo necesita{% else %}artículos necesitan{% endif %} su atención

{% for item in items %}- [{{ item.name }}]({{ item.adminUrl }}), SKU {{ item.sku }}: {% if item.state == "none-left" %}no queda nada{% elsif item.state == "held-back" %}no se vende, unidades retenidas: {{ item.unitsInStock }}{% elsif item.state == "low" %}queda poco: {{ item.unitsInStock }}{% else %}de nuevo en stock: {{ item.unitsInStock }}{% endif %}
{% endfor %}
{% if more > 0 %}Y {{ more }} más.{% endif %}

[Abrir los avisos]({{ alertsUrl }})
`,
    headline: (items) => `${items.text} artículo${s(items)} necesita${n(items)} su atención`,
    lead: {
      daily: (summary) =>
        `Esto es lo que empezó a escasear o dejó de venderse desde su último mensaje diario. ${summary}`,
      together: (summary) =>
        `Empezaron a escasear o dejaron de venderse en poco tiempo, por eso un solo mensaje los reúne. ${summary}`,
    },
    over: "De nuevo en stock",
    summary: {
      "none-left": (items) => `${items.text} agotado${s(items)}`,
      "held-back": (items) => `${items.text} que ya no se vende${n(items)}`,
      low: ({ text }) => `${text} con pocas existencias`,
      over: ({ text }) => `${text} de nuevo en stock`,
      more: ({ text }) => `${text} más`,
    },
    count: {
      short: (missing) => `falta${n(missing)} ${missing.text}`,
      heldBack: (held, threshold) => `${held.text} retenida${s(held)}, umbral ${threshold.text}`,
      left: (left, threshold) => `queda${n(left)} ${left.text}, umbral ${threshold.text}`,
    },
    rest: ({ text }) => `Y ${text} más. La lista de avisos los tiene todos.`,
    openAlerts: "Abrir los avisos",
  },
  webhookPaused: {
    subject: "Webhook en pausa - {{ webhook.name }}",
    starterBody: `# El webhook {{ webhook.name }} está en pausa

{% if pause.reason == "gone" %}El destinatario no quiere nada más.{% else %}El destinatario no aceptó nada durante tres días.{% endif %} El webhook conserva su lugar: cuando lo reanude, sigue con el primer evento que el destinatario no tiene.

- Destino: {{ webhook.host }}
{% if pause.lastError %}- Último fallo: {{ pause.lastError }}
{% endif %}- En pausa desde: {{ pause.at | date: "%d/%m/%Y %H:%M" }} UTC

[Abrir el webhook]({{ webhook.adminUrl }})
`,
    headline: (webhook) => `El webhook ${webhook} está en pausa`,
    reasons: {
      gone: "El destinatario respondió que no quiere nada más, así que ya no se le envía nada.",
      failing: "El destinatario no aceptó nada durante tres días, así que ya no se le envía nada.",
    },
    advice: {
      gone: "El webhook conserva su lugar. Si es correcto, elimínelo. Si no, reanúdelo: sigue con el primer evento que el destinatario no tiene.",
      failing:
        "El webhook conserva su lugar. Reanúdelo cuando el destinatario vuelva a funcionar: sigue con el primer evento que no tiene.",
    },
    preheader: (reason) => `${reason} Conserva su lugar.`,
    footer: (store, email) =>
      `Recibe este mensaje porque puede cambiar los webhooks de ${store}. Se envió a ${email}.`,
    goesTo: "Destino",
    failingSince: "Falla desde",
    lastFailure: "Último fallo",
    paused: "En pausa desde",
    openWebhook: "Abrir el webhook",
  },
  supplierOrder: {
    subject: "{{ order.subject }}",
    starterBody: `# {{ order.subject }}

{{ order.message }}

{% for line in lines %}- {{ line.units }} × {{ line.name }} ({{ line.sku }})
{% endfor %}

La misma lista va adjunta en un archivo.
`,
    sum: (items, all) =>
      `${items.text} artículo${s(items)}, ${units(all)} en total. La misma lista va adjunta en un archivo.`,
    footer: (store, email) =>
      `${store} envió este pedido a ${email}. Responda a este mensaje si algo no está claro.`,
    item: "Artículo",
    units: "Unidades",
    fileHeads: ["SKU", "Artículo", "Unidades"],
  },
  account: {
    footer: (store, email) =>
      `Recibe este mensaje porque ${email} es la dirección de una cuenta de ${store}.`,
    invitation: {
      subject: "Invitación a {{ store.name }}",
      starterBody: "",
      headline: (store) => `Le damos la bienvenida a ${store}`,
      lead: (by, store, email) =>
        `${by === null ? "Se le invita" : `${by} le invita`} a ocuparse de las existencias de ${store}. Para empezar, elija una contraseña. Con ella y con ${email} inicia sesión.`,
      action: "Elegir la contraseña",
      after: (until) =>
        `El enlace sirve una sola vez, hasta esta fecha: ${until}. No lo comparta: quien lo tenga puede entrar en su nombre. Si no espera esta invitación, elimine el mensaje y no pasará nada.`,
    },
    reset: {
      subject: "Nueva contraseña para {{ store.name }}",
      starterBody: "",
      headline: "Elija una contraseña nueva",
      lead: (store, email) =>
        `Alguien pidió una contraseña nueva para ${email} en ${store}. Si fue usted, elíjala ahora. Se cerrará la sesión en todos sus navegadores.`,
      action: "Elegir una contraseña nueva",
      after:
        "El enlace sirve una sola vez, durante una hora. No lo comparta: quien lo tenga puede entrar en su nombre. Si no fue usted, elimine el mensaje: su contraseña sigue igual.",
    },
    changed: {
      subject: "Se cambió su contraseña de {{ store.name }}",
      starterBody: "",
      headline: "Se cambió su contraseña",
      lead: ({ store, email, at, how }) =>
        `La contraseña de ${email} en ${store} se cambió: ${at}. ${how} Se cerró la sesión en los demás navegadores.`,
      by: {
        own: "La cambió en la propia cuenta alguien que conocía la anterior.",
        link: "Se eligió con un enlace de un solo uso que se le había enviado o entregado.",
        administrator:
          "La estableció un administrador. Elegirá la suya la próxima vez que inicie sesión.",
        command:
          "Se estableció en la línea de comandos del servidor. Elegirá la suya la próxima vez que inicie sesión.",
      },
      action: "No fui yo",
      after:
        "Si lo sabe, no hay nada que hacer. Si no, elija enseguida una contraseña nueva y avise a un administrador.",
    },
    moved: {
      subject: "Se cambió su dirección en {{ store.name }}",
      starterBody: "",
      headline: "Se cambió su dirección",
      lead: ({ store, email, at }) =>
        `Un administrador de ${store} cambió la dirección de su cuenta: ${at}. Ya no es ${email}: inicie sesión con la dirección nueva; los correos se envían allí.`,
      action: "Abrir la administración",
      after:
        "Si lo sabe, no hay nada que hacer. Si no, avise enseguida a un administrador: otra persona podría apoderarse de su cuenta.",
    },
  },
  switchOff: {
    ask: {
      title: "No más mensajes",
      heading: "¿No recibir más mensajes sobre pocas existencias?",
      text: (store, email) =>
        `${store} no enviará ninguno a ${email}. Los demás los reciben como antes. Quizá basten un mensaje al día, horas de silencio o una pausa: elíjalos en la administración, en su cuenta.`,
      button: "No recibir más",
    },
    done: {
      title: "Desactivados",
      heading: "Los mensajes sobre pocas existencias están desactivados",
      text: (store, email) =>
        `${store} ya no envía ninguno a ${email}. Puede volver a activarlos en la administración, en su cuenta.`,
      button: "Abrir su cuenta",
    },
  },
};
