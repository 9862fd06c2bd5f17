import helmet from 'helmet';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

const permissions = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'browsing-topics'];

/** The headers of every answer: nothing from elsewhere, no inline code, no frames, no traces. */
export function securityHeaders({ baseUrl, production }: { baseUrl: string; production: boolean }): RequestHandler[] {
  const isHttps = baseUrl.startsWith('https://');
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    strictTransportSecurity: production && isHttps ? { maxAge: 365 * 24 * 3600, includeSubDomains: true } : false,
    referrerPolicy: { policy: referrerPolicy(baseUrl) },
    xFrameOptions: { action: 'deny' },
  });
  return [headers, permissionsPolicy];
}

/**
 * Under `no-referrer` browsers send `Origin: null` with our own forms. Where they also send Sec-Fetch-Site that is no
 * loss; over plain http to another machine they do not, so there the policy keeps only foreign sites in the dark.
 */
function referrerPolicy(baseUrl: string): 'no-referrer' | 'same-origin' {
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === 'https:' || isLoopbackHost(hostname) ? 'no-referrer' : 'same-origin';
}

/** A name that a browser resolves to the machine it runs on, whatever DNS says. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

const permissionsPolicy: RequestHandler = (_req, res, next) => {
  res.setHeader('Permissions-Policy', permissions.map((name) => `${name}=()`).join(', '));
  next();
};

/** For pages about a person: kept by nobody on the way, nor by the browser's history. */
export function personal<Params>(_req: Request<Params>, res: Response, next: NextFunction): void {
  res.setHeader('Cache-Control', 'no-store');
  next();
}
