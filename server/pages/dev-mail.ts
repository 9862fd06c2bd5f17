import { join } from 'node:path';
import { Router, type RequestHandler } from 'express';
import { MailPage } from '../../templates/dev-mail/mail.tsx';
import { MailList } from '../../templates/dev-mail/list.tsx';
import { listDiskMails, readDiskMail } from '../modules/mail/index.ts';
import { notFound } from '../platform/errors.ts';
import { showsDiskMail } from '../web/frame.ts';
import { render } from '../web/render.ts';
import { personal } from '../web/security.ts';
import { sealed } from './sealed-mail.ts';

/** The mails that a demonstration would have sent, for whoever sits at the machine; elsewhere there is no such page. */
export function devMail({ dataDirectory }: { dataDirectory: string }): Router {
  const directory = join(dataDirectory, 'mail');
  const pages = Router();
  pages.use('/dev/mail', onlyHere, personal);

  pages.get('/dev/mail', async (_req, res) => {
    render(res, MailList, { mails: await listDiskMails(directory) });
  });

  pages.get('/dev/mail/:name', async (req, res) => {
    render(res, MailPage, { mail: await mailNamed(directory, req.params.name) });
  });

  pages.get('/dev/mail/:name/html', async (req, res) => {
    const { html } = await mailNamed(directory, req.params.name);
    sealed(res).send(html);
  });

  return pages;
}

const onlyHere: RequestHandler = (req, _res, next) => {
  if (!showsDiskMail(req)) throw notFound('page');
  next();
};

async function mailNamed(directory: string, name: string) {
  const mail = await readDiskMail(directory, name);
  if (!mail) throw notFound('mail');
  return mail;
}
