import { defineNotes } from '@millwright/kernel';

/** What is wrong with stored tracks, or with the stretch of time that is asked for. */
export const trackNotes = defineNotes('tracks', {
  'no-stream': () => 'it is no stream of tracks',
  'version-unknown': ({ version }: { version: number }) => `version ${version} is not known`,
  'no-block': () => 'there is no block',
  'block-changed': () => 'a block is not as it was written',
  'block-longer': () => 'a block is longer than its observations',
  'ends-before-head': () => 'it ends before its head',
  'ends-in-block': () => 'it ends in the middle of a block',
  'ends-in-record': () => 'it ends in the middle of a record',
  'number-long': () => 'a number is too long',
  'number-large': ({ value, most }: { value: number; most: number }) => `${value} is more than ${most}`,
  'time-beyond': () => 'a time is beyond all calendars',
  'size-missing': () => 'the size of the picture is missing',
  'objects-missing': () => 'an observation without objects follows one with some',
  'track-large': () => 'the number of a track is too large',
  'many-tracks': ({ most }: { most: number }) => `there are more than ${most} tracks in a block`,
  'score-wrong': ({ score, most }: { score: number; most: number }) => `a score is ${score} of ${most}`,
  'label-missing': () => 'the label of a track is missing',
  'box-beyond': () => 'a box lies beyond all pictures',
  'text-unknown': () => 'a text is not yet known',
  'many-texts': ({ most }: { most: number }) => `there are more than ${most} texts in a block`,
  'ends-early': () => 'it ends before it begins',
  'longer-than-a-day': () => 'it is longer than a day',
  'longer-than-half-an-hour': () => 'a clip is at most half an hour long',
});
