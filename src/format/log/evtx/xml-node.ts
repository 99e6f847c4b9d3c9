/** A piece of XML as a template or fragment holds it. */
export type XmlNode =
  | {
      readonly kind: "element";
      readonly name: string;
      readonly attributes: readonly Attribute[];
      readonly children: readonly XmlNode[];
    }
  | { readonly kind: "text"; readonly text: string }
  /** The record's value of that number. */
  | { readonly kind: "value"; readonly index: number }
  | { readonly kind: "instance"; readonly instance: TemplateInstance };

/** An attribute, its value in pieces. */
export interface Attribute {
  readonly name: string;
  readonly parts: readonly XmlNode[];
}

/** A use of a template, with the values for its places. */
export interface TemplateInstance {
  /** Offset of the definition. */
  readonly template: number;
  /** How many values there are; beyond the cap none is read. */
  readonly count: number;
  /** Offset of the values' sizes and kinds, four bytes each. */
  readonly table: number;
  /** Where each value stands. */
  readonly starts: Int32Array;
}
