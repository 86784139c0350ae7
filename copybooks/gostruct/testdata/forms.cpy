      * A record with every form of field that Go source is written for.
       01  FORMS.
           05  TEXT-FIELD          PIC X(8).
           05  RIGHT-FIELD         PIC X(6) JUSTIFIED RIGHT.
           05  LEADING-SIGN        PIC S9(5)V99 SIGN LEADING.
           05  SEPARATE-SIGN       PIC S9(5) SIGN TRAILING SEPARATE.
           05  WIDE                PIC S9(20)V9(4) COMP-3.
           05  THOUSANDS           PIC 9(3)PPP.
           05  SMALL               PIC VPP99.
           05  HALFWORD            PIC S9(4) COMP.
           05  DOUBLEWORD          PIC S9(18) COMP-5.
           05  FILLER              PIC 9(3).
           05  FILLER              PIC X(2).
           05  FILLER.
               10  INSIDE          PIC X.
           05  ROW OCCURS 2.
               10  CELL OCCURS 3   PIC S9(3) COMP-3.
               10  DECODE          PIC X.
               10  ALIAS REDEFINES DECODE PIC 9.
           05  KINDS OCCURS 2      PIC X(2).
           05  KIND-TABLE REDEFINES KINDS OCCURS 4 PIC X.
           05  COUNTS.
               10  N               PIC 9.
               10  M               PIC S9(4) COMP.
           05  PART.
               10  LINES-1 OCCURS 0 TO 3 DEPENDING ON N.
                   15  AMOUNT      PIC S9(5)V99 COMP-3.
               10  AFTER-1         PIC X(2).
           05  LINES-2 OCCURS 1 TO 4 DEPENDING ON M PIC X(3).
           05  LAST-FIELD          PIC X(4).
       77  LONE                    PIC S9(5) COMP-3.
