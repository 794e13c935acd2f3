/** A model of a user is named by the SHA-256 of its card, a bundled one by its name. */
export const isOwnModel = (model: string): boolean => /^[0-9a-f]{64}$/.test(model);
