// The explicit list of entities, so that nothing is discovered by scanning folders.

export const allEntities = [];
