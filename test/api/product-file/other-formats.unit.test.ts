// Files of other systems are read as rows of products, and the report says how.

import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import {
  type ReadOptions,
  readProductFile,
} from "../../../src/api/product-file/read-product-file.ts";
import { atOnce } from "../../support/at-once.ts";

const read = (text: string, options: ReadOptions = {}) => atOnce(readProductFile(text, options));
const rowsOf = (text: string, options: ReadOptions = {}) =>
  read(text, options).rows.map(({ cells }) => Object.fromEntries(cells));
const faultsOf = (text: string, options: ReadOptions = {}) =>
  read(text, options).faults.first.map(({ line, column }) => `${line} ${column}`);
const notesOf = (text: string, options: ReadOptions = {}) =>
  read(text, options).source.notes.first.map(({ line, column }) => `${line} ${column}`);

const shopify = `Handle,Title,Body (HTML),Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Image Src,Status
tee,Tee,"<p>Soft,
and warm</p>",Size,S,TEE-S,shopify,4,deny,a.jpg,active
tee,,,,M,TEE-M,shopify,0,deny,b.jpg,
tee,,,,,,,,,c.jpg,
mug,Mug,,Title,Default Title,'0012,shopify,7,continue,,draft
card,Gift card,,Title,Default Title,CARD,,,deny,,active
`;

const inventory = `Handle,Title,Option1 Name,Option1 Value,SKU,HS Code,COO,Location,Bin name,Incoming (not editable),Available (not editable),On hand (current)
tee,Tee,Size,S,TEE-S,,,Berlin,,0,3,5
tee,Tee,Size,S,TEE-S,,,Paris,,0,4,4
tee,Tee,Size,M,TEE-M,,,Berlin,,0,not stocked,not stocked
tee,Tee,Size,M,TEE-M,,,Paris,,0,2,2
`;

const woo = `ID,Type,SKU,Name,Published,"In stock?",Stock,"Low stock amount","Backorders allowed?",Parent,"Attribute 1 name","Attribute 1 value(s)",Categories
12,variable,,Hoodie,1,1,,,0,,Colour,"Red, Blue",Clothes
13,variation,H-RED,"Hoodie - Red",1,1,6,2,notify,id:12,Colour,Red,
14,variation,H-BLUE,"Hoodie - Blue",1,1,3,,notify,id:12,Colour,Blue,
20,simple,CAP,Cap,-1,1,9,,0,,,,
21,"simple, virtual",BOOK,E-book,1,1,,,0,,,,
22,grouped,SET,Set,1,1,,,0,,,,
`;

const magento = `sku,store_view_code,attribute_set_code,product_type,name,product_online,qty,out_of_stock_qty,use_config_min_qty,allow_backorders,use_config_backorders,notify_on_stock_below,use_config_notify_stock_qty,manage_stock,use_config_manage_stock,is_in_stock,configurable_variations
BAG-R,,Default,simple,Bag red,1,6.0000,2.0000,0,1,0,5.0000,0,1,0,1,
BAG,,Default,configurable,Bag,1,0.0000,0.0000,1,0,1,,1,1,1,1,"sku=BAG-R,color=Red|sku=BAG-B,color=Blue"
BAG-R,fr,Default,simple,Sac rouge,,,,,,,,,,,,
PEN,,Default,simple,Pen,2,3.0000,0.0000,1,0,1,1.0000,1,1,1,0,
`;

const presta = `Product ID;Active (0/1);Name *;Categories (x,y,z...);Reference #;Quantity;Low stock level;Out of stock action
1;1;Lamp;Home;LAMP;12;3;1
2;0;Rug;Home;RUG;5;;2
`;

const combinations = `Product ID*;Product Reference;Attribute (Name:Type:Position)*;Value (Value:Position)*;Reference;Quantity
1;LAMP;Colour:color:0, Size:select:1;Red:0, L:1;LAMP-R-L;4
`;

describe("a file of another system", () => {
  test.each([
    ["shopify", "Shopify's export of products", shopify],
    ["shopify", "Shopify's export of inventory", inventory],
    ["woocommerce", "WooCommerce's export of products", woo],
    ["magento", "Magento's export of products", magento],
    ["magento", "Magento's export of stock sources", "source_code,sku,status,quantity\na,A,1,2\n"],
    ["prestashop", "PrestaShop's file of products", presta],
    ["prestashop", "PrestaShop's file of combinations", combinations],
    ["tallyman", "Tallyman's file of products", "sku,name\nA,a\n"],
  ] as const)("is recognised as %s: %s", (format, title, text) => {
    const { source } = read(text);
    expect(source).toMatchObject({ format, title, isNamed: false });
    expect(source.recognisedBy.length).toBeGreaterThan(0);
    expect(source.columns.length).toBeGreaterThan(1);
    expect(read(text, { format }).source).toMatchObject({ format, title, isNamed: true });
  });

  it("is refused under another system's name, with the columns that were expected", () => {
    const { faults, rows } = read(woo, { format: "magento" });
    expect(rows).toEqual([]);
    expect(faults.first[0]?.detail).toContain("Magento's export of products has sku");
  });

  it("names each column that is left out once", () => {
    const left = read(shopify).source.columns.filter(({ becomes }) => becomes === null);
    expect(left.map(({ column }) => column)).toEqual(["Body (HTML)", "Image Src"]);
  });

  it("says which codes look changed by a spreadsheet, and refuses those that are lost", () => {
    const file = (sku: string) => shopify.replace("TEE-M", sku);
    expect(faultsOf(file("1.23E+12"))).toEqual(["4 Variant SKU"]);
    expect(faultsOf(file("#NAME?"))).toEqual(["4 Variant SKU"]);
    expect(notesOf(file("Mar-01"))).toEqual(["4 Variant SKU"]);
    expect(rowsOf(file('"=""0007"""'))[2]).toMatchObject({ sku: "0007" });
  });

  it("has the same SKU twice: a fault", () => {
    expect(faultsOf(presta.replace("RUG", "LAMP"))).toEqual(["3 Reference #"]);
  });
});

describe("Shopify", () => {
  it("has a product for each handle, and its rows as variants", () => {
    expect(rowsOf(shopify)).toEqual([
      { sku: "tee", name: "Tee", enabled: true, trackInventory: true, allowNegativeStock: false },
      { sku: "TEE-S", variantOf: "tee", name: "S", unitsInStock: 4, options: { Size: "S" } },
      { sku: "TEE-M", variantOf: "tee", name: "M", unitsInStock: 0, options: { Size: "M" } },
      {
        sku: "0012",
        name: "Mug",
        enabled: false,
        trackInventory: true,
        unitsInStock: 7,
        allowNegativeStock: true,
      },
      {
        sku: "CARD",
        name: "Gift card",
        enabled: true,
        trackInventory: false,
        allowNegativeStock: false,
      },
    ]);
  });

  it("refuses an item without a SKU with its row, and notes variants that are not sold alike", () => {
    expect(faultsOf(shopify.replace("TEE-M", ""))).toEqual(["4 Variant SKU"]);
    expect(notesOf(shopify.replace("shopify,0,deny", "shopify,0,continue"))).toEqual(["2 Handle"]);
  });

  it("counts at the location that is chosen, or at all, and never chooses one itself", () => {
    expect(read(inventory).source.locations).toEqual(["Berlin", "Paris"]);
    expect(read(inventory).faults.first[0]?.detail).toContain('2 locations: "Berlin", "Paris"');
    const counts = (location: string) =>
      rowsOf(inventory, { location }).map(({ unitsInStock }) => unitsInStock);
    expect(counts("Berlin")).toEqual([undefined, 3, undefined]);
    expect(counts("*")).toEqual([undefined, 7, 2]);
    expect(faultsOf(inventory, { location: "Rome" })).toEqual(["1 Location"]);
  });

  it("may have a column for each location", () => {
    const wide =
      "Handle,Title,Option1 Name,Option1 Value,SKU,HS Code,COO,Berlin,Paris\nmug,Mug,Title,Default Title,MUG,,,3,not stocked\n";
    expect(faultsOf(wide)).toEqual(["1 Location"]);
    expect(rowsOf(wide, { location: "*" })).toEqual([{ sku: "MUG", name: "Mug", unitsInStock: 3 }]);
  });
});

describe("WooCommerce", () => {
  it.each([
    [
      "German",
      `ID,Typ,Artikelnummer,Name,Veröffentlicht,Vorrätig?,Bestand,"Geringe Lagermenge","Lieferrückstände erlaubt?","Übergeordnetes Produkt","Attribut 1 Name","Attribut 1 Wert(e)",Kategorien`,
    ],
    [
      "older German",
      `ID,Typ,Artikelnummer,Name,Veröffentlicht,Vorrätig?,Lager,"Geringe Lagermenge","Lieferrückstande erlaubt?","Übergeordnetes Produkt","Attribut 1 Name","Attribut 1 Wert(e)",Kategorien`,
    ],
    [
      "French",
      `ID,Type,UGS,Nom,Publié,"En stock\u00A0?",Stock,"Montant de stock faible","Autoriser les commandes de produits en rupture\u202F?",Parent,"Nom de l’attribut 1","Valeur(s) de l’attribut 1 ",Catégories`,
    ],
    [
      "Spanish",
      `ID,Tipo,SKU,Nombre,Publicado,"¿En inventario?",Inventario,"Cantidad de bajo inventario","¿Permitir reservas de productos agotados?",Superior,"Nombre del atributo 1","Valor(es) del atributo 1",Categorías`,
    ],
  ])("has the same rows if the site is %s", (_, head) => {
    const rows = woo.slice(woo.indexOf("\n"));
    for (const form of ["NFC", "NFD"]) {
      const translated = read(head.normalize(form) + rows);
      expect(translated.source.title).toBe("WooCommerce's export of products");
      expect(translated.faults.first).toEqual([]);
      expect(rowsOf(head.normalize(form) + rows)).toEqual(rowsOf(woo));
    }
  });

  it("has variations by their parent, counts, thresholds and backorders", () => {
    expect(rowsOf(woo)).toEqual([
      {
        sku: "id:12",
        name: "Hoodie",
        enabled: true,
        trackInventory: true,
        allowNegativeStock: true,
      },
      {
        sku: "H-RED",
        variantOf: "id:12",
        name: "Hoodie - Red",
        enabled: true,
        unitsInStock: 6,
        stockAlertThreshold: 2,
        outOfStockThreshold: 0,
        options: { Colour: "Red" },
      },
      {
        sku: "H-BLUE",
        variantOf: "id:12",
        name: "Hoodie - Blue",
        enabled: true,
        unitsInStock: 3,
        options: { Colour: "Blue" },
      },
      {
        sku: "CAP",
        name: "Cap",
        enabled: false,
        trackInventory: true,
        unitsInStock: 9,
        allowNegativeStock: false,
      },
      { sku: "BOOK", name: "E-book", enabled: true, trackInventory: false },
    ]);
    expect(notesOf(woo)).toEqual(["2 SKU", "7 Type"]);
  });

  it("may name a parent by its SKU, and have a variation draw on its parent's units", () => {
    const text = woo
      .replace("variable,,", "variable,HOOD,")
      .replace("1,1,,,0,,Colour", "1,1,8,,0,,Colour");
    const rows = rowsOf(
      text.replace("1,1,3,,notify", "1,1,parent,,notify").replaceAll("id:12", "HOOD"),
    );
    expect(rows[0]).toMatchObject({ sku: "HOOD", unitsInStock: 8 });
    expect(rows[2]).toMatchObject({ variantOf: "HOOD", unitsInStock: null });
  });

  it("refuses a variation without a count beside one with a count", () => {
    expect(faultsOf(woo.replace("1,1,3,,notify", "1,1,,,notify"))).toEqual(["4 Stock"]);
  });
});

describe("Magento", () => {
  it("has four decimals, variations by their product, and settings unless the store's are used", () => {
    expect(rowsOf(magento)).toEqual([
      {
        sku: "BAG-R",
        variantOf: "BAG",
        name: "Bag red",
        enabled: true,
        unitsInStock: 6,
        stockAlertThreshold: 4,
        outOfStockThreshold: 2,
        options: { color: "Red" },
      },
      { sku: "BAG", name: "Bag", enabled: true, allowNegativeStock: true },
      { sku: "PEN", name: "Pen", enabled: false, unitsInStock: 3 },
    ]);
    expect(notesOf(magento)).toEqual([
      "4 store_view_code",
      "3 configurable_variations",
      "5 is_in_stock",
    ]);
  });

  it("refuses half a unit", () => {
    expect(faultsOf(magento.replace("6.0000", "6.5000"))).toEqual(["2 qty"]);
  });

  it("has units at sources; those of a source that is out of stock are not counted", () => {
    const text = "source_code,sku,status,quantity\na,A,1,2.0000\nb,A,1,3\nc,A,0,5\na,B,1,1\n";
    expect(read(text).updatesOnly).toBe(true);
    expect(faultsOf(text)).toEqual(["1 source_code"]);
    expect(rowsOf(text, { location: "*" })).toEqual([
      { sku: "A", unitsInStock: 5 },
      { sku: "B", unitsInStock: 1 },
    ]);
    expect(rowsOf(text, { location: "b" })).toEqual([{ sku: "A", unitsInStock: 3 }]);
    expect(notesOf(text, { location: "*" })).toEqual(["4 status"]);
  });
});

describe("PrestaShop", () => {
  it("has products with semicolons", () => {
    expect(rowsOf(presta)).toEqual([
      {
        sku: "LAMP",
        name: "Lamp",
        enabled: true,
        unitsInStock: 12,
        stockAlertThreshold: 3,
        outOfStockThreshold: 0,
        allowNegativeStock: true,
      },
      { sku: "RUG", name: "Rug", enabled: false, unitsInStock: 5 },
    ]);
  });

  it("has combinations, which name their product by its reference", () => {
    expect(rowsOf(combinations)).toEqual([
      {
        sku: "LAMP-R-L",
        variantOf: "LAMP",
        name: "Red, L",
        unitsInStock: 4,
        options: { Colour: "Red", Size: "L" },
      },
    ]);
    expect(faultsOf(combinations.replace("LAMP;", ";"))).toEqual(["2 Product Reference"]);
  });
});

it("whatever is in the cells, every fault has a line of the file, and each SKU is there once and can be one", () => {
  const cell = fc.constantFrom(
    "",
    "1",
    "-2",
    "6.5000",
    "x",
    "A",
    "id:12",
    "1.23E+12",
    "parent",
    " ",
  );
  const files = [shopify, inventory, woo, magento, presta, combinations];
  fc.assert(
    fc.property(
      fc.constantFrom(...files),
      fc.array(fc.array(cell, { minLength: 30, maxLength: 30 }), { maxLength: 6 }),
      (file, cells) => {
        const [head = ""] = file.split("\n");
        const delimiter = head.includes(";") ? ";" : ",";
        const width = head.split(delimiter).length;
        const rows = cells.map((row) => row.slice(0, width).join(delimiter));
        const result = read([head, ...rows].join("\n"));
        const lines = new Set(result.faults.first.map(({ line }) => line));
        for (const line of lines) expect(line).toBeLessThanOrEqual(rows.length + 1);
        const skus = result.rows.map(({ sku }) => sku);
        expect(new Set(skus).size).toBe(skus.length);
        expect(skus.includes("") || skus.includes("1.23E+12")).toBe(false);
      },
    ),
  );
});
