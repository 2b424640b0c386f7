CREATE TABLE "project_facets" (
	"facet" text NOT NULL,
	"project_id" text NOT NULL,
	CONSTRAINT "project_facets_facet_project_id_pk" PRIMARY KEY("facet","project_id")
);
--> statement-breakpoint
CREATE TABLE "project_texts" (
	"project_id" text PRIMARY KEY NOT NULL,
	"number" integer NOT NULL,
	"stamp" integer NOT NULL,
	"title" text NOT NULL,
	"words" text NOT NULL,
	"body" text NOT NULL,
	"indexed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "project_texts_number" UNIQUE("number")
);
--> statement-breakpoint
ALTER TABLE "project_facets" ADD CONSTRAINT "project_facets_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_texts" ADD CONSTRAINT "project_texts_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "project_facets_project" ON "project_facets" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "project_texts_search" ON "project_texts" USING gin ((setweight(to_tsvector('simple', "title"), 'A') || setweight(to_tsvector('simple', "words"), 'B') || setweight(to_tsvector('simple', "body"), 'D')));
