import { UploadOutlined } from '@ant-design/icons';
import { Button, type ButtonProps } from 'antd';
import { useRef } from 'react';

interface FileButtonProps extends Pick<ButtonProps, 'type' | 'loading' | 'disabled' | 'size'> {
  /** Endings that are offered, such as `.csv,.xlsx`. */
  readonly accept: string;
  onFile(file: File): void;
  readonly children: React.ReactNode;
}

/** A button that asks for one file; the same file may be chosen again after a failure. */
export function FileButton({ accept, onFile, children, ...look }: FileButtonProps) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button {...look} icon={<UploadOutlined />} onClick={() => field.current?.click()}>
        {children}
      </Button>
      <input
        ref={field}
        type="file"
        // Said here and not by `hidden`, which a form's own styles override.
        style={{ display: 'none' }}
        accept={accept}
        onChange={({ target }) => {
          const file = target.files?.[0];
          target.value = '';
          if (file) onFile(file);
        }}
      />
    </>
  );
}
