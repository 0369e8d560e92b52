(* extract.v -- the checker of document.v, its parser of bytes included, as OCaml.  Booleans, lists, pairs,
   options and bytes become OCaml's own; numbers stay the inductive ones that the proof speaks of. *)
Require Import checker document.
Require Extraction.
From Coq Require Import ExtrOcamlBasic ExtrOcamlChar.
Extraction Language OCaml.
Extraction "core.ml" check_document.
