import { noteText, type Said } from './said.ts';
import { loadServerTexts, useServerTexts } from './server-texts/server-texts.ts';
import { useLanguage } from './use-language.ts';
import { useVoice } from './use-voice.ts';

/**
 * Says a note of the server in the reader's language:
 *
 *     const say = useNote();
 *     return notes.map((note) => <li key={note.code}>{say(note)}</li>);
 *
 * Nothing is shown for the moment in which the texts are still on their way, rather than English to who reads Chinese.
 */
export function useNote(): (note: Said) => string {
  const ready = useServerTexts();
  const language = useLanguage();
  const voice = useVoice();
  return (note) => {
    if (!ready) void loadServerTexts(language);
    return ready || language === 'en' ? noteText(note, voice) : '';
  };
}

/** For a reason that is a note where it is the product's sentence, and else in the words of a device or a system. */
export function useReason(): (text: string, note: Said | null | undefined) => string {
  const say = useNote();
  return (text, note) => (note ? say(note) : text);
}
