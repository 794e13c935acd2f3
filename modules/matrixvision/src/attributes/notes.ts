import { defineNotes } from '@millwright/kernel';

/** What whoever teaches an attribute should know about the examples. */
export const attributeNotes = defineNotes('attribute', {
  'few-with': ({ count, wanted }: { count: number; wanted: number }) =>
    `Only ${count} examples show it; ${wanted} or more are needed for a figure to rely on.`,
  'few-without': ({ count, wanted }: { count: number; wanted: number }) =>
    `Only ${count} examples are without it; ${wanted} or more are needed for a figure to rely on.`,
  'one-sided': ({ present, absent }: { present: number; absent: number }) =>
    `${present} examples with and ${absent} without: the rarer side is known less well. Add examples of it.`,
  'few-groups': ({ groups }: { groups: number }) =>
    `The examples come from only ${groups} people or pictures: on others it may do worse than the figure says.`,
  'too-alike': ({ share }: { share: { readonly share: number } }) =>
    `${share} of the examples look almost the same as another one; they teach nothing new. Choose other people, places and light.`,
  'model-mixed': () => 'has numbers that do not belong together',
  'part-unseen': () => 'the part cannot be judged in it: too small, cut off or not to be found',
  untested: () => 'No accuracy can be stated: each side needs examples from at least two different people or pictures.',
  'no-better-than-guessing': () =>
    'On examples it had not seen it did no better than guessing. The part may be too small in the picture, or the attribute is not to be told by its colours.',
});
