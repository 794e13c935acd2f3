type Listener = () => void;
const listeners = new Set<Listener>();

/** Heard by the session provider: any request may find out that the session has ended. */
export const sessionLost = {
  emit(): void {
    for (const listener of listeners) listener();
  },
  listen(listener: Listener): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};
