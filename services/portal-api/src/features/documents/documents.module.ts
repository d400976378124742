import { Module } from '@nestjs/common';
import { AgendasController } from './agendas.controller.js';
import { Asking } from './asking.js';
import { Content } from './content.js';
import { DocumentOffersController } from './document-offers.controller.js';
import { DocumentOffersHandler } from './document-offers.query.js';
import { DocumentsController } from './documents.controller.js';
import { DocumentsHandler } from './documents.query.js';
import { DownloadDocumentHandler } from './download-document.js';
import { Progress } from './progress.js';
import { RenderDocumentJob } from './render-document.job.js';
import { RequestDocumentAgainHandler } from './request-again.js';
import { RequestDocumentHandler } from './request-document.js';
import { ToldDocuments } from './told-documents.js';
import { UploadAgendaHandler } from './upload-agenda.js';

@Module({
  controllers: [AgendasController, DocumentOffersController, DocumentsController],
  exports: [RenderDocumentJob],
  providers: [
    Asking,
    Content,
    DocumentOffersHandler,
    DocumentsHandler,
    DownloadDocumentHandler,
    Progress,
    RenderDocumentJob,
    RequestDocumentAgainHandler,
    RequestDocumentHandler,
    ToldDocuments,
    UploadAgendaHandler,
  ],
})
export class DocumentsModule {}
