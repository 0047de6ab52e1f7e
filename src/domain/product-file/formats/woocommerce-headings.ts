// The headings of WooCommerce's export of products. They are in the language of the site; these are the translations that
// WooCommerce has had in English, German, French and Spanish. The cells are the same in all languages.

/** The names of each column that is read; the English one is first. */
export const headings = {
  id: ["ID"],
  type: ["Type", "Typ", "Tipo"],
  sku: ["SKU", "Artikelnummer", "UGS"],
  name: ["Name", "Nom", "Nombre"],
  published: ["Published", "Veröffentlicht", "Publié", "Publicado"],
  inStock: ["In stock?", "Vorrätig?", "En stock ?", "¿En inventario?", "¿Existencias?"],
  stock: ["Stock", "Bestand", "Lager", "Inventario"],
  low: [
    "Low stock amount",
    "Geringe Lagermenge",
    "Montant de stock faible",
    "Cantidad de bajo inventario",
  ],
  backorders: [
    "Backorders allowed?",
    "Lieferrückstände erlaubt?",
    // A spelling mistake that WooCommerce's German had for years.
    "Lieferrückstande erlaubt?",
    "Autoriser les commandes de produits en rupture ?",
    "¿Permitir reservas de productos agotados?",
  ],
  parent: ["Parent", "Übergeordnetes Produkt", "Superior"],
} as const;

/** The headings of the names of attributes, each with its number, as `plainHeading` returns them. */
export const attributeName =
  /^(?:attribute (\d+) name|attribut (\d+) name|nom de l'attribut (\d+)|nombre del atributo (\d+))$/;

/** The same of the attributes' values. */
export const attributeValues =
  /^(?:attribute (\d+) value\(s\)|attribut (\d+) wert\(e\)|valeur\(s\) de l'attribut (\d+)|valor\(es\) del atributo (\d+))$/;
