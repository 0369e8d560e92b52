(* main.ml -- vcheck [-facts] FILE...: runs the verified checker on documents and says for each what
   follows from what.  Not verified: this file, Coq's extraction, the OCaml compiler.  It hands the bytes
   of a file over as they are, in pieces, and reads nothing itself.
   Exit status: 0 all valid, 1 some invalid, 2 a file that could not be read or decided. *)
let pieces file =
  let ch = open_in_bin file in
  let buf = Bytes.create 4096 in
  let rec go acc =
    match input ch buf 0 4096 with
    | 0 -> close_in ch; List.rev acc
    | n -> go (List.of_seq (Bytes.to_seq (Bytes.sub buf 0 n)) :: acc)
  in
  go []

(* numbers of the facts, as they stand in the document *)
let rec digits = function
  | Core.XH -> [1]
  | Core.XO p -> double 0 (digits p)
  | Core.XI p -> double 1 (digits p)
and double carry = function
  | [] -> if carry = 0 then [] else [carry]
  | d :: l -> let v = 2 * d + carry in (v mod 10) :: double (v / 10) l
let pos p = String.concat "" (List.rev_map string_of_int (digits p))
let z = function Core.Z0 -> "0" | Core.Zpos p -> pos p | Core.Zneg p -> "-" ^ pos p
let term (m, c) = String.concat "*" (z c :: List.map (fun v -> "x" ^ pos v) m)
let fact (r, p) =
  let sum = if p = [] then "0" else String.concat " + " (List.map term p) in
  sum ^ (match r with Core.Ge -> " >= 0" | Core.Gt0 -> " > 0" | Core.Eq0 -> " = 0")

let () =
  let args = List.tl (Array.to_list Sys.argv) in
  let show, files = match args with "-facts" :: l -> (true, l) | l -> (false, l) in
  if files = [] then (prerr_endline "usage: vcheck [-facts] FILE..."; exit 2);
  let status = ref 0 in
  let worse n = if n > !status then status := n in
  List.iter (fun file ->
    match Core.check_document (pieces file) with
    | Some (facts, claims) ->
      Printf.printf "%s: valid: %d claims follow from %d facts\n" file (List.length claims) (List.length facts);
      if show then begin
        List.iter (fun f -> print_endline ("fact  " ^ fact f)) facts;
        List.iter (fun f -> print_endline ("claim " ^ fact f)) claims
      end
    | None -> Printf.printf "%s: INVALID\n" file; worse 1
    | exception Sys_error e -> prerr_endline e; worse 2
    | exception (Stack_overflow | Out_of_memory) ->
      Printf.printf "%s: undecided: too large for this machine\n" file; worse 2) files;
  exit !status
