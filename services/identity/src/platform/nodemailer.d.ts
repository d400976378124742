/** The part of nodemailer that is used here: the package has no types of its own. */
declare module 'nodemailer' {
  export interface Mail {
    readonly from: string;
    readonly to: string;
    readonly subject: string;
    readonly text: string;
  }

  export interface Transporter {
    sendMail(mail: Mail): Promise<{ readonly accepted: readonly unknown[] }>;
    close(): void;
  }

  export function createTransport(url: string): Transporter;
}
