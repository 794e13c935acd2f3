/** Model cards without what runs them; safe in a browser. */
export type { NetworkPort } from '../detection/network-port.ts';
export { type CardSource, cardSchema, classesOf, type ModelCard } from './card.ts';
export { type GuessedCard, guessCard } from './guess-card.ts';
