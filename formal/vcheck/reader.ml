(* reader.ml -- reads documents of certificate format 2 (certificate/kernel/FORMAT.md) with a literal statement and
   makes of each theorem and its proof the data that the verified checker takes.  Not verified.  It rejects other
   spellings; what rules demand is for the checker to say. *)
open Core
exception Reject of string
exception Unproved of string                            (* a part of the format that the checker does not know *)
let fail text = raise (Reject text)

(* ---- bytes ---- *)
let data = ref ""
let at = ref 0
let fresh = ref false                                   (* nothing has been read since the last [ or { *)
let rec peek () =
  if !at >= String.length !data then '\000'
  else match !data.[!at] with ' ' | '\n' -> incr at; peek () | c -> c
let expect c = if peek () <> c then fail (Printf.sprintf "expected %C" c) else incr at
let enter c = expect c; fresh := true
let leave c = expect c; fresh := false
let more () =
  if peek () = ']' then (leave ']'; false)
  else begin (if not !fresh then expect ','); fresh := false; true end
let next () = if not (more ()) then fail "the list is too short"
let has name =
  let before = !at and was = !fresh in
  let separated = was || (peek () = ',' && (incr at; true)) in
  let word = "\"" ^ name ^ "\"" in
  let n = String.length word in
  if separated && peek () = '"' && !at + n <= String.length !data && String.sub !data !at n = word then begin
    at := !at + n; expect ':'; fresh := false; true
  end else begin at := before; fresh := was; false end
let member name = if not (has name) then fail ("expected the member " ^ name)
let text () =
  expect '"';
  let start = !at in
  while !at < String.length !data && !data.[!at] <> '"' do
    (match !data.[!at] with ' ' .. '~' when !data.[!at] <> '\\' -> () | _ -> fail "a byte that is not allowed");
    incr at
  done;
  let s = String.sub !data start (!at - start) in
  expect '"'; s
let name () = let s = text () in if s = "" || String.length s > 200 then fail "a name" else s
let list read = enter '['; let acc = ref [] in while more () do acc := read () :: !acc done; List.rev !acc
let pair f g = enter '['; next (); let a = f () in next (); let b = g () in leave ']'; (a, b)

(* ---- numbers ---- *)
let int () =
  let negative = peek () = '-' in
  if negative then incr at;
  let start = !at and n = ref 0 in
  while !at < String.length !data && !data.[!at] >= '0' && !data.[!at] <= '9' do
    if !at - start = 18 then fail "more than 18 digits";
    n := 10 * !n + Char.code !data.[!at] - 48; incr at
  done;
  if !at = start || (!data.[start] = '0' && (!at > start + 1 || negative)) then fail "expected an integer";
  if negative then - !n else !n
let range low high = let n = int () in if n < low || n >= high then fail "a number out of range" else n
let rec positive n : positive = if n = 1 then XH else if n land 1 = 0 then XO (positive (n lsr 1)) else XI (positive (n lsr 1))
let z n = if n = 0 then Z0 else if n > 0 then Zpos (positive n) else Zneg (positive (- n))
let digits s =
  let negative = s <> "" && s.[0] = '-' in
  let plain = if negative then String.sub s 1 (String.length s - 1) else s in
  if plain = "" || plain.[0] = '0' || not (String.for_all (fun c -> c >= '0' && c <= '9') plain) then fail "expected an integer in a string";
  if String.length plain > 10000 then fail "more than 10000 digits";
  let rec go i acc =
    if i >= String.length plain then acc
    else
      let n = min 15 (String.length plain - i) in
      let part = int_of_string ("0u" ^ String.sub plain i n) in
      let rec power k = if k = 0 then 1 else 10 * power (k - 1) in
      go (i + n) (Z.add (Z.mul acc (z (power n))) (z part)) in
  let v = go 0 Z0 in
  (String.length plain, if negative then Z.opp v else v)
(* a number and its spelling *)
let number () =
  if peek () <> '"' then let n = int () in ((z n, XH), string_of_int n)
  else
    let s = text () in
    match String.index_opt s '/' with
    | None -> let n, v = digits s in if n <= 18 then fail "a short integer in a string" else ((v, XH), s)
    | Some i ->
      let _, a = digits (String.sub s 0 i) and _, b = digits (String.sub s (i + 1) (String.length s - i - 1)) in
      (match a, b with
       | (Zpos p | Zneg p), Zpos q when q <> XH && fst (Coq_Pos.ggcd p q) = XH -> ((a, q), s)
       | _ -> fail "not in lowest terms")
let nonzero () = match number () with ((Z0, _), _) -> fail "a number is 0" | n -> n
let above_0 () = match number () with ((Zpos _, _) as x, _) -> x | _ -> fail "a number must be positive"

(* ---- polynomials and facts, with a key that equal ones share ---- *)
let symbol s = positive (s + 1)
let terms n =
  let before (a : int list) b = compare (List.length a, a) (List.length b, b) < 0 in
  let last = ref None in
  list (fun () ->
    enter '['; next ();
    let c, spelling = nonzero () in
    let least = ref 0 and m = ref [] and degree = ref 0 in
    while more () do least := range !least n; m := !least :: !m; incr degree done;
    if !degree > 64 then fail "more than 64 symbols";
    let m = List.rev !m in
    (match !last with Some l when not (before l m) -> fail "terms do not ascend" | _ -> ());
    last := Some m;
    (c, spelling, m))
let poly_of t = List.map (fun (c, _, m) -> (List.map symbol m, c)) t
let poly n = poly_of (terms n)
let relation () = match text () with ">=" -> Ge | ">" -> Gt0 | "=" -> Eq0 | _ -> fail "expected a relation"
let fact_terms n = pair relation (fun () -> terms n)
let fact_of (r, t) = (r, poly_of t)
let fact n = fact_of (fact_terms n)
let key move (r, t) =
  let image = List.map (fun (_, c, m) -> (List.sort compare (List.map move m), c)) t in
  Marshal.to_string (r, List.sort compare image) [Marshal.No_sharing]

(* ---- theorems ---- *)
type known = {
  title : string; canonical : string; core : theorem; sorts : (bool * bool) array;
  fact_list : (rel0 * (num * string * int list) list) array; generator_list : int array list;
  withs : int; process_symbols : int; changing : int; row_count : int }
let sort () = match text () with
  | "p" -> (false, false) | "p+" -> (false, true) | "u" -> (true, false) | "u+" -> (true, true) | _ -> fail "expected a sort"
let symbols taken =
  list (fun () -> pair (fun () -> let s = name () in
    if Hashtbl.mem taken s then fail "a name for two symbols"; Hashtbl.add taken s (); s) sort)
let permutation n =
  let seen = Array.make n false in
  let l = list (fun () -> let k = range 0 n in if seen.(k) then fail "twice in a permutation"; seen.(k) <- true; k) in
  if List.length l <> n then fail "a permutation is too short"; Array.of_list l
let holds which (_, t) = List.exists (fun (_, _, m) -> List.exists which m) t
let assignments state n =
  let least = ref 0 in
  list (fun () -> pair (fun () -> let s = range !least state in least := s + 1; s) (fun () -> terms n))
(* the exponentials among the symbols from first on; others has those of the theorem *)
let exponentials first (sorts : (bool * bool) array) others =
  let n = Array.length sorts in
  let l = assignments n n in
  if l = [] then fail "an empty list of exponentials";
  if List.exists (fun (s, _) -> s < first || sorts.(s) <> (false, false)) l then fail "an exponential must be a parameter";
  if List.exists (fun (_, t) -> holds (fun s -> List.mem_assoc s l || List.mem_assoc s others || fst sorts.(s)) (Ge, t)) l
  then fail "an exponent holds an exponential or an unknown";
  l
let values = List.map (fun (s, t) -> (symbol s, poly_of t))
(* with the number of exponentials that change with its state *)
let process taken (sorts : (bool * bool) array) others =
  let n0 = Array.length sorts in
  enter '{'; member "symbols";
  let own = List.map snd (symbols taken) in
  let n = n0 + List.length own in
  member "facts"; let fs = list (fun () -> fact n) in
  let own_exponentials = if has "exponentials" then exponentials n0 (Array.append sorts (Array.of_list own)) others else [] in
  member "start"; let start = assignments n0 n0 in
  member "update"; let update = assignments n0 n in
  leave '}';
  let changing = List.filter (fun (_, t) -> holds (fun s -> List.mem_assoc s start) (Ge, t)) others in
  let state s = List.mem_assoc s start || List.mem_assoc s changing in
  if start = [] || List.map fst start <> List.map fst update then fail "start and update list the same symbols";
  if List.exists fst own || List.exists (fun (s, t) -> snd sorts.(s) || List.mem_assoc s others || holds state (Ge, t)) start
     then fail "not a process";
  ({ moments = List.map snd own; moment_facts = fs; start = values start; update = values update;
     moment_exponentials = values own_exponentials }, List.length changing)
let without_spaces s =
  let b = Buffer.create (String.length s) and inside = ref false in
  String.iter (fun c -> if c = '"' then inside := not !inside; if !inside || (c <> ' ' && c <> '\n') then Buffer.add_char b c) s;
  Buffer.contents b
let theorem () =
  ignore (peek ());
  let first = !at in
  enter '{'; member "name"; let title = name () in
  member "kind";
  let feasible = match text () with "feasible" -> true | "implied" -> false | _ -> fail "expected a kind" in
  let taken = Hashtbl.create 16 in
  member "symbols"; let sorts = Array.of_list (List.map snd (symbols taken)) in
  let n = Array.length sorts in
  member "facts"; let facts = list (fun () -> fact_terms n) in
  member "rows"; let rows = list (fun () -> fact_terms n) in
  let exponents = if has "exponentials" then exponentials 0 sorts [] else [] in
  let generators = if has "generators" then list (fun () -> permutation n) else [ [||] ] in
  if generators = [] then fail "an empty list of generators";
  let generators = if generators = [ [||] ] && n > 0 then [] else generators in
  if List.length generators > 16 then fail "more than 16 generators";
  let steady = List.for_all (fun g -> Array.for_all (fun k -> sorts.(g.(k)) = sorts.(k)) (Array.init n Fun.id)) generators in
  if not steady then fail "a generator does not keep sorts";
  if exponents <> [] && generators <> [] then fail "a theorem with exponentials and generators";
  let p, changing = if has "process" then (let p, k = process taken sorts exponents in (Some p, k)) else (None, 0) in
  leave '}';
  let unknown s = s < n && fst sorts.(s) in
  if rows = [] && not feasible then fail "a theorem without rows says nothing";
  if feasible && List.exists (holds unknown) rows then fail "a row holds an unknown";
  if p <> None && (feasible || generators <> [] || Array.exists fst sorts) then fail "a theorem with a process";
  { title; canonical = without_spaces (String.sub !data first (!at - first)); sorts; fact_list = Array.of_list facts;
    generator_list = generators; withs = List.length (List.filter (holds unknown) facts);
    process_symbols = (match p with Some p -> List.length p.moments | None -> 0); changing; row_count = List.length rows;
    core = { feasible; symbols = Array.to_list sorts; facts_of = List.map fact_of facts; rows = List.map fact_of rows;
             generators = List.map (fun g -> List.map symbol (Array.to_list g)) generators; process_of = p; exponentials = values exponents } }

(* where generators and their inverses take the facts, which must all be different *)
let hints t =
  let table = Hashtbl.create 64 in
  if t.generator_list <> [] then
    Array.iteri (fun i f ->
      let k = key Fun.id f in
      if Hashtbl.mem table k then fail "two facts are the same, in a theorem with generators"; Hashtbl.add table k i) t.fact_list;
  let images g = Array.to_list (Array.map (fun f ->
    match Hashtbl.find_opt table (key (fun s -> g.(s)) f) with
    | Some i -> symbol i | None -> fail "a generator does not map a fact to a fact") t.fact_list) in
  List.map (fun g ->
    let inverse = Array.make (Array.length g) 0 in
    Array.iteri (fun s r -> inverse.(r) <- s) g;
    (List.map symbol (Array.to_list inverse), (images g, images inverse))) t.generator_list

(* ---- proofs ---- *)
let roots = ref false                                   (* a root was used *)
let exponents = ref false                               (* the rule exponential, where the theorem has none *)
let rec nat k = if k = 0 then O else S (nat (k - 1))
let reference () = let r = int () in if r >= 0 then Known (symbol r) else Sign (positive (- r))
let optional name read default = if has name then read () else default
let one = (Zpos XH, XH)
let many = 1 lsl 21                                     (* more than the facts of a scope *)
let some_symbols = 1 lsl 40                             (* of a scope whose generators are not counted here *)
let sums n =
  member "products";
  let products = list (fun () -> enter '['; next (); let c = above_0 () in
    let refs = ref [] in while more () do refs := reference () :: !refs done; (c, List.rev !refs)) in
  member "equations";
  let equations = list (fun () -> enter '['; next (); let p = poly n in next (); let first = range 0 many in
    if more () then begin let last = range (first + 1) many in leave ']'; (p, (symbol first, Some (positive (last - first)))) end
    else (p, (symbol first, None))) in
  (products, equations)
let identity n =
  let times = optional "times" above_0 one in
  let by_ = optional "by" (fun () -> list reference) [] in
  let products, equations = sums n in
  let converse = if has "converse" then begin enter '{'; let c = sums n in leave '}'; Some c end else None in
  { times; by_; products; equations; converse }
let shown () = list (fun () -> pair (fun () -> fst (number ())) reference)
let rows_shown name = if has name then list (fun () -> pair (fun () -> symbol (range 0 max_int)) shown) else []
let element n () =
  enter '{'; member "symbol"; let symbol_of = symbol (range 0 n) in
  let equal = rows_shown "equal" in
  let pairs =
    if has "kept" then
      let row () = symbol (range 0 max_int) in
      let kept = list (fun () -> pair row row) in
      member "dropped"; Some (kept, list shown)
    else None in
  let redundant = rows_shown "redundant" in
  leave '}'; { symbol_of; equal; pairs; redundant }
(* Steps in a scope with n symbols, at a depth.  A step gives what makes it, and the number of symbols after it. *)
let rec steps t n depth =
  if depth > 32 then fail "more than 32 scopes";
  enter '[';
  let made = ref [] and n = ref n in
  while more () do
    enter '{'; member "rule";
    let step, after = rule t !n depth (text ()) in
    leave '}'; made := step :: !made; n := after
  done;
  List.fold_left (fun rest step -> step rest) Done !made
and inside t n depth name = member name; steps t n (depth + 1)
and rule t n depth = function
  | "combine" ->
    member "goal";
    let goal = if peek () = '[' then New (fact n) else Old (symbol (range 0 max_int)) in
    let c = identity n in ((fun rest -> Combine (goal, c, rest)), n)
  | "define" -> member "as"; let kind = text () in
    member "of"; enter '['; next (); (define n kind, n + 1)
  | "sort" ->
    member "symbols"; let l = list (fun () -> symbol (range 0 n)) in
    let s = inside t n depth "steps" in ((fun rest -> Sort (l, s, rest)), n)
  | "split" ->
    member "on"; let p = poly n in
    let a = inside t n depth "nonnegative" in let b = inside t n depth "negative" in
    ((fun rest -> Split (p, a, b, rest)), n)
  | "dualise" ->
    let s = inside t (n + t.withs) depth "steps" in
    let strict = has "strict" in
    let s' = if strict then steps t (n + t.withs) (depth + 1) else Done in
    ((fun rest -> Dualise (s, strict, s', rest)), n)
  | "witness" ->
    member "values"; let least = ref 0 in
    let v = list (fun () -> pair (fun () -> let s = range !least (Array.length t.sorts) in least := s + 1; symbol s) (fun () -> poly n)) in
    let over = optional "over" above_0 one in
    let s = inside t n depth "steps" in ((fun rest -> Witness (v, over, s, rest)), n)
  | "invariant" ->
    member "facts"; let fs = list (fun () -> fact (Array.length t.sorts)) in
    let a = inside t (n + t.changing) depth "start" in
    let b = inside t (n + t.process_symbols + t.changing) depth "step" in
    ((fun rest -> Invariant (fs, a, b, rest)), n)
  | "project" ->
    member "eliminate"; let l = list (element (Array.length t.sorts)) in
    let s = inside t n depth "steps" in ((fun rest -> Project (l, s, rest)), n)
  | "image" ->
    member "row"; let row = symbol (range 0 t.row_count) in
    member "by"; let by = list (fun () -> symbol (range 0 (List.length t.generator_list))) in
    ((fun rest -> Image (row, by, rest)), n)
  | "generate" ->
    member "symbols"; let least = ref 0 in
    let l = list (fun () -> let s = range !least n in least := s + 1; symbol s) in
    member "facts"; let facts = list reference in
    ((fun rest -> Generate (l, facts, rest)), some_symbols)
  | "prefix" ->
    member "goal";
    let goal = if peek () = '[' then New (fact n) else Old (symbol (range 0 max_int)) in
    let weighted name = member name; pair (fun () -> symbol (range 0 n)) reference in
    let x = weighted "x" in let y = weighted "y" in
    member "bounds"; enter '['; next (); let first = range 0 many in
    next (); let last = range first many in leave ']';
    let more = if last > first then Some (positive (last - first)) else None in
    member "order"; let order = list (fun () -> symbol (range 0 n)) in
    ((fun rest -> Prefix (goal, x, y, (symbol first, more), order, rest)), n)
  | "block" ->
    member "facts"; let l = list (fun () -> symbol (range 0 (Array.length t.fact_list))) in
    let s = inside t n depth "steps" in ((fun rest -> Block (l, s, rest)), n)
  | "exponential" ->
    if not (has_exponentials t.core) then exponents := true;
    member "as"; let kind = text () in
    member "of"; enter '['; next (); exponential n kind
  | _ -> fail "there is no such rule"
and define n = function
  | "term" -> let a = poly n in leave ']'; fun rest -> Term (a, rest)
  | "min" ->
    let a = poly n in next (); let b = poly n in leave ']';
    member "joins"; let l = list (fun () -> pair reference reference) in fun rest -> Minimum (a, b, l, rest)
  | "quotient" -> let a = poly n in next (); let d = reference () in leave ']'; fun rest -> Quotient (a, d, rest)
  | "root" -> let a = reference () in leave ']'; roots := true; fun rest -> Root (a, rest)
  | _ -> fail "there is no such kind"
and exponential n = function
  | "symbol" -> let q = poly n in leave ']'; ((fun rest -> Exponential (q, rest)), n + 1)
  | "bound" ->
    let s = symbol (range 0 n) in next (); let m = range 0 65 in leave ']';
    if m land 1 = 1 then fail "the number of terms must be even";
    ((fun rest -> Bound (s, nat (m / 2), rest)), n)
  | "product" ->
    let factors () = let l = list (fun () -> symbol (range 0 n)) in if List.length l > 64 then fail "more than 64 symbols"; l in
    let a = factors () in next (); let b = factors () in leave ']'; ((fun rest -> Powers (a, b, rest)), n)
  | _ -> fail "there is no such kind"
let refutation t =
  enter '{'; member "point"; let least = ref 0 in
  let point = list (fun () -> pair (fun () -> let s = range !least (Array.length t.sorts) in least := s + 1; symbol s) (fun () -> fst (nonzero ()))) in
  member "row"; let row = range (-1) t.row_count in
  let s = if row < 0 then inside t (Array.length t.sorts) 0 "steps" else Done in
  leave '}'; Refuted (point, (if row < 0 then None else Some (symbol row)), s)

(* what was claimed, with the theorems; what is to be checked is called in between *)
let document checked =
  if !data = "" || !data.[0] <> '{' then fail "expected {";
  if String.length !data > 1 lsl 26 then fail "longer than the format allows";
  enter '{'; member "format"; if text () <> "pstar-certificate/2" then fail "expected the format pstar-certificate/2";
  member "statement"; enter '{'; member "builder";
  if name () <> "literal" then raise (Unproved "a statement that is not literal");
  member "theorems";
  let theorems = Array.of_list (list theorem) in
  let titles = Array.to_list (Array.map (fun t -> t.title) theorems) in
  if List.length (List.sort_uniq compare titles) <> List.length titles then fail "a name for two theorems";
  leave '}';
  member "claims"; let claims = list (fun () -> pair name name) in
  member "proofs"; let last = ref (-1) in
  let derived = list (fun () ->
    enter '{'; member "theorem"; let k = range (!last + 1) (Array.length theorems) in last := k;
    let t = theorems.(k) in
    member "sha256"; if text () <> Sha256.hex t.canonical then fail "not the digest of the theorem";
    let h = hints t in
    let proof, status =
      if has "refuted" then (let r = refutation t in (r, "refuted"))
      else begin
        member "rows"; let rows = steps t (Array.length t.sorts) 1 in
        let proof = Proved (rows, if t.core.feasible then inside t (Array.length t.sorts) 0 "exists" else Done) in (proof, "proved")
      end in
    leave '}'; checked t h proof; (t.title, status)) in
  if derived = [] || derived <> claims then fail "the claims are not those that follow";
  let ending = ",\n\"sha256\":\"" ^ Sha256.hex (String.sub !data 0 !at) ^ "\"}\n" in
  if String.sub !data !at (String.length !data - !at) <> ending then fail "the end is not the digest of all before";
  (theorems, derived)
