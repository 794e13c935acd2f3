import type { CameraRecording } from '@millwright/media';
import type { RecordingQuestion } from './watched-camera.ts';

/** Answers what is asked of a recording, in the thread that keeps it: its index lives there. */
export async function answerRecording(recording: CameraRecording, ask: RecordingQuestion): Promise<unknown> {
  switch (ask.what) {
    case 'hours':
      // What is being recorded now is in a file that is not finished: it is not lost, only not known yet.
      return recording.hours(ask, recording.writingSince ?? Date.now());
    case 'segments':
      return recording.segments(ask).map(({ from, to, bytes }) => ({ from, to, bytes }));
    case 'clip':
      return recording.clip(ask);
    case 'lock':
      return recording.lock({ id: ask.id, from: ask.from, to: ask.to });
    case 'unlock':
      return recording.unlock(ask.id);
    case 'locks':
      return recording.locks;
    case 'retention':
      await recording.applyRetention(ask);
      return undefined;
  }
}
