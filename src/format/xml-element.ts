/** One element of a foreign XML file, its text left out: scanners keep everything in attributes. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
}

/** A child of the root, with the root around it. */
export interface XmlRecord {
  readonly root: Pick<XmlElement, "name" | "attributes">;
  readonly element: XmlElement;
}

/** The children of one name. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** An attribute; `null` when it is not there. */
export function attribute(element: Pick<XmlElement, "attributes"> | undefined, name: string): string | null {
  return element !== undefined && Object.hasOwn(element.attributes, name) ? (element.attributes[name] ?? null) : null;
}

/** Narrows a value to a child of a root. */
export function isXmlRecord(value: unknown): value is XmlRecord {
  return typeof value === "object" && value !== null && "root" in value && "element" in value;
}
