import { App } from 'antd';
import { useErrorText } from './use-error-text.ts';

/** Short messages about what was done, and errors that have no place of their own on the page. */
export function useNotify() {
  const { message, notification } = App.useApp();
  const errorText = useErrorText();
  return {
    done: (text: string) => void message.success(text),
    failed: (error: unknown) => {
      const { code, text } = errorText(error);
      notification.error({ title: code, description: text, placement: 'topRight', duration: 10 });
    },
  };
}
