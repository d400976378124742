/** The part of nodemailer that is used here: the package has no types of its own. */
declare module 'nodemailer' {
  export interface Mail {
    readonly from: string;
    /** As it is: nothing in it is read as another address. */
    readonly to: { readonly name: string; readonly address: string };
    readonly subject: string;
    readonly text: string;
  }

  export interface Transporter {
    sendMail(mail: Mail): Promise<{ readonly accepted: readonly unknown[] }>;
    close(): void;
  }

  export function createTransport(url: string): Transporter;
}
