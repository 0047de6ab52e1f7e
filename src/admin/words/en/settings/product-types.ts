// The texts of the list of product types, and of the page of one.

/** The texts. */
export const productTypes = {
  list: {
    title: "Product types",
    intro:
      "Every product has a type. The type decides whether it can track stock and have variants.",
    create: "New product type",
    columns: {
      name: "Name",
      code: "Code",
      inventory: "Inventory",
      variants: "Variants",
      changed: "Changed",
    },
    yes: "Yes",
    no: "No",
  },
  page: {
    /** The title until the type's name is known. */
    title: "Product type",
    newTitle: "New product type",
    back: "Product types",
    removal: (name: string) => ({
      title: `Delete the product type ${name}?`,
      consequence: "You can delete it only if no product has this type.",
      done: `The product type ${name} is deleted.`,
    }),
  },
  form: {
    labels: { name: "Name", hasInventory: "Inventory", hasVariants: "Variants" },
    code: "Code",
    codeHint: "The type's name in imports and programs.",
    newCodeHint:
      "Lower-case letters, digits and hyphens, such as gift-card. It can't be changed later.",
    inventoryHint: "Its products can track stock: units, threshold, alerts.",
    variantsHint: "Its products can come in variants, such as sizes and colours.",
    create: "Create product type",
  },
  /** What is hidden if it is turned off. */
  hides: {
    stock:
      "If you turn this off, the stock of its products is hidden and orders ignore it. Nothing is deleted: you can turn it on again.",
    variants:
      "If you turn this off, the variants of its products are hidden and orders ignore them. Nothing is deleted: you can turn it on again.",
    both: "If you turn this off, the stock and variants of its products are hidden and orders ignore them. Nothing is deleted: you can turn it on again.",
  },
};
