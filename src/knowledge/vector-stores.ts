/** Stores that retrieval reads from, each with the port where it speaks HTTP unless told otherwise (their documentation, read 2026-11-21). */
export const VECTOR_STORES = [
  { id: "chroma", port: 8000 },
  { id: "qdrant", port: 6333 },
  { id: "weaviate", port: 8080 },
  { id: "milvus", port: 9091 },
] as const;
